package org.tacvault.cli;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.config.SecretKeys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.SecretFile;
import picocli.CommandLine.Option;

/**
 * The settings of a destination as they are typed. Every user of the machine sees the arguments of
 * a process, so no secret may stand in them.
 */
final class DestinationSettingsOptions {
  private static final String OPERATION = "read destination settings";
  private static final String FROM_ENVIRONMENT = "env:";
  private static final String FROM_FILE = "file:";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      required = true,
      description = "What kind of place it is, such as local.")
  private String type;

  @Option(
      names = "--path",
      paramLabel = "DIR",
      description = "The directory for the archives (key base_path).")
  private @Nullable Path path;

  @Option(
      names = "--allowed-root",
      paramLabel = "DIR",
      description = "Refuse to use the directory when it leads out of this one.")
  private @Nullable Path allowedRoot;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Another setting; may be repeated. true, false and whole numbers are taken as such."
              + " env:NAME stands for the value of a variable, file:PATH for the content of a file;"
              + " secrets are accepted only like this, and are read now, once.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--config-file",
      paramLabel = "FILE",
      description = "JSON object with settings, secrets too; --set and the others win over it.")
  private @Nullable Path configFile;

  String type() {
    return type;
  }

  /** The settings, unchecked. */
  Map<String, Object> read(CommandContext context) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (configFile != null) {
      Path file = context.path(configFile);
      SecretFile.exposure(OPERATION, file).ifPresent(context.console()::warn);
      settings.putAll(SettingsFile.read(file));
    }
    set.forEach((key, text) -> settings.put(key, value(context, key, text)));
    put(context, settings, "base_path", path);
    put(context, settings, "allowed_root", allowedRoot);
    return settings;
  }

  // A local path starts where the user stands, one of a remote store does not.
  private void put(
      CommandContext context, Map<String, Object> settings, String key, @Nullable Path given) {
    if (given != null) {
      boolean local = type.strip().toLowerCase(Locale.ROOT).equals("local");
      settings.put(key, (local ? context.path(given) : given).toString());
    }
  }

  private static Object value(CommandContext context, String key, String text) {
    if (text.startsWith(FROM_ENVIRONMENT)) {
      return variable(context, key, text.substring(FROM_ENVIRONMENT.length()));
    }
    if (text.startsWith(FROM_FILE)) {
      Path file = context.path(Path.of(text.substring(FROM_FILE.length())));
      SecretFile.exposure(OPERATION, file).ifPresent(context.console()::warn);
      return content(file);
    }
    // Also a URL with a password in it, and a private key under a harmless name.
    if (!SecretKeys.masked("destination", key, text).equals(text)) {
      throw invalid("--set " + key, "a secret must not stand in the arguments: others can see them")
          .withHint(
              "use --set %s=env:NAME, --set %s=file:PATH or --config-file FILE"
                  .formatted(key, key));
    }
    return typed(text);
  }

  private static String variable(CommandContext context, String key, String name) {
    String value = context.environment().get(name);
    if (value == null || value.isEmpty()) {
      throw invalid("--set " + key, "the variable " + name + " is not set")
          .withHint("export it before the command, or use file:PATH");
    }
    return value;
  }

  /** The whole file, for keys of many lines, but without the line end that editors add. */
  private static String content(Path file) {
    CharBuffer text = SecretFile.read(OPERATION, file);
    return text.toString().replaceFirst("\\r?\\n\\z", "");
  }

  private static Object typed(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return text.matches("0|-?[1-9][0-9]{0,8}") ? (Object) Integer.valueOf(text) : text;
  }

  private static EngineException invalid(Object subject, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, OPERATION, subject, reason);
  }
}
