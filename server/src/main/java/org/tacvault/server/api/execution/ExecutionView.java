package org.tacvault.server.api.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.catalog.NewExecution;

/**
 * An execution in a list. Up to {@code errorMessage} these are the Python server's fields.
 *
 * @param kind backup, restore, verify or retention
 * @param backupType manual, scheduled, startup or emergency; null unless it is a backup
 */
record ExecutionView(
    String id,
    @Nullable String destinationId,
    @Nullable String backupFilename,
    @Nullable String backupPath,
    @Nullable String triggeredBy,
    Instant startedAt,
    @Nullable Instant completedAt,
    String status,
    @Nullable Long sizeBytes,
    @Nullable Long compressedSizeBytes,
    @Nullable Integer filesIncluded,
    @Nullable String errorMessage,
    String kind,
    @Nullable String backupType,
    @Nullable String comment,
    @Nullable String instanceName,
    @Nullable String checksumSha256,
    List<String> warnings) {
  static ExecutionView of(Execution execution) {
    NewExecution request = execution.request();
    ExecutionResult result = execution.result();
    return new ExecutionView(
        execution.id(),
        request.destinationId(),
        result.backupFilename(),
        result.backupPath(),
        request.triggeredBy(),
        execution.startedAt(),
        execution.completedAt(),
        execution.status().id(),
        result.sizeBytes(),
        result.compressedSizeBytes(),
        result.filesIncluded(),
        execution.errorMessage(),
        execution.kind().id(),
        request.backupType(),
        request.comment(),
        request.instanceName(),
        result.checksumSha256(),
        result.warnings());
  }
}
