package org.tacvault.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.home.Component;

/** One run as programs see it; what does not arise is null or empty. */
record ExecutionAnswer(
    String executionId,
    String kind,
    String status,
    @Nullable String type,
    Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable Long durationMs,
    @Nullable String destinationId,
    @Nullable String destination,
    @Nullable String instance,
    @Nullable String triggeredBy,
    @Nullable String comment,
    List<String> components,
    @Nullable String path,
    @Nullable Long sizeBytes,
    @Nullable Long packedBytes,
    @Nullable String sha256,
    @Nullable String emergencyBackup,
    Map<String, Long> stagesMs,
    List<String> warnings,
    List<CommandAnswer> commands,
    @Nullable String verifiedBy,
    @Nullable String error) {
  /**
   * @param destinations names by id
   */
  static ExecutionAnswer of(Execution execution, Map<String, String> destinations) {
    ExecutionResult result = execution.result();
    String destinationId = execution.request().destinationId();
    return new ExecutionAnswer(
        execution.id(),
        execution.kind().id(),
        execution.status().id(),
        execution.request().backupType(),
        execution.startedAt(),
        execution.completedAt(),
        duration(execution),
        destinationId,
        destinationId == null ? null : destinations.getOrDefault(destinationId, destinationId),
        execution.request().instanceName(),
        execution.request().triggeredBy(),
        execution.request().comment(),
        execution.request().components().stream().map(Component::id).toList(),
        result.backupPath(),
        result.sizeBytes(),
        result.compressedSizeBytes(),
        result.checksumSha256(),
        result.emergencyPath(),
        BackupAnswer.millis(result.stages()),
        result.warnings(),
        CommandAnswer.of(result.commands()),
        result.verifiedBy(),
        execution.errorMessage());
  }

  private static @Nullable Long duration(Execution execution) {
    Instant end = execution.completedAt();
    return end == null ? null : Duration.between(execution.startedAt(), end).toMillis();
  }
}
