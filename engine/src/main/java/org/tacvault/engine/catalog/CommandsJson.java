package org.tacvault.engine.catalog;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.host.CommandResult;

/**
 * Commands in the catalog: a list of {@code name, command, exit|null, millis, timed_out, output}.
 */
final class CommandsJson {
  private CommandsJson() {}

  static @Nullable String write(List<CommandResult> commands) {
    return commands.isEmpty()
        ? null
        : CatalogJson.write(commands.stream().map(CommandsJson::object).toList());
  }

  static List<CommandResult> read(@Nullable String json) {
    return CatalogJson.objects(json).stream().map(CommandsJson::result).toList();
  }

  private static Map<String, @Nullable Object> object(CommandResult result) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("name", result.name());
    object.put("command", result.command());
    object.put("exit", result.exitCode());
    object.put("millis", result.took().toMillis());
    object.put("timed_out", result.timedOut());
    object.put("output", result.output());
    return object;
  }

  private static CommandResult result(Map<String, Object> object) {
    return new CommandResult(
        String.valueOf(object.get("name")),
        String.valueOf(object.get("command")),
        object.get("exit") instanceof Number exit ? exit.intValue() : null,
        Duration.ofMillis(object.get("millis") instanceof Number millis ? millis.longValue() : 0),
        Boolean.TRUE.equals(object.get("timed_out")),
        String.valueOf(object.get("output")));
  }
}
