package org.tacvault.server.api.execution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.home.Component;
import org.tacvault.server.api.CommandView;
import org.tacvault.server.run.Progress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An execution by itself: all of {@link ExecutionView}, and more.
 *
 * @param manifest of a backup, as its archive holds it; of other kinds what they did
 * @param progress null when it does not run, or runs in another process
 * @param stagesMs time of each stage in milliseconds, in their order
 * @param components what a restore applied; empty means all
 * @param emergencyBackup path of the safety copy that a restore made first
 * @param undoes the restore that this one took back
 * @param verifiedBy how a backup was proven to be at its destination, for people
 */
record ExecutionDetail(
    @JsonUnwrapped ExecutionView execution,
    @Nullable JsonNode manifest,
    @Nullable Progress progress,
    Map<String, Long> stagesMs,
    List<String> components,
    @Nullable String emergencyBackup,
    @Nullable String undoes,
    List<CommandView> commands,
    @Nullable String verifiedBy) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static ExecutionDetail of(Execution execution, @Nullable Progress progress) {
    ExecutionResult result = execution.result();
    return new ExecutionDetail(
        ExecutionView.of(execution),
        manifest(result.manifestJson()),
        progress,
        millis(result.stages()),
        execution.request().components().stream().map(Component::id).toList(),
        result.emergencyPath(),
        execution.request().undoes(),
        CommandView.of(result.commands()),
        result.verifiedBy());
  }

  /** A row that somebody damaged is still shown. */
  private static @Nullable JsonNode manifest(@Nullable String json) {
    try {
      return json == null ? null : JSON.readTree(json);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static Map<String, Long> millis(Map<String, Duration> stages) {
    Map<String, Long> millis = new LinkedHashMap<>();
    stages.forEach((stage, time) -> millis.put(stage, time.toMillis()));
    return millis;
  }
}
