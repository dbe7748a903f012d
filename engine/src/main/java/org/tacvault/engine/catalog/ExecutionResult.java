package org.tacvault.engine.catalog;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.host.CommandResult;

/**
 * What an execution brought about; what it did not, or not yet, is null or empty.
 *
 * @param backupPath what the destination's {@code get} expects
 * @param sizeBytes sum of the member sizes, manifest excluded
 * @param compressedSizeBytes length of the stored archive, after encryption
 * @param filesIncluded entries of the manifest
 * @param manifestJson the manifest as the archive holds it; of a retention run {@code deleted} and
 *     {@code failed} (paths) and {@code kept} (a number); of a restore {@code members} (what it
 *     changed) and {@code kept_revocations}, if any
 * @param checksumSha256 of the stored archive, 64 lower-case hex digits
 * @param stages time per stage, in their order; kept in whole milliseconds
 * @param emergencyPath the emergency backup that a restore made first
 * @param commands what was run to stop and start the TACACS+ server
 * @param verifiedBy how a backup was proven to be at its destination, for people
 */
public record ExecutionResult(
    @Nullable String backupFilename,
    @Nullable String backupPath,
    @Nullable Long sizeBytes,
    @Nullable Long compressedSizeBytes,
    @Nullable Integer filesIncluded,
    @Nullable String manifestJson,
    @Nullable String checksumSha256,
    List<String> warnings,
    Map<String, Duration> stages,
    @Nullable String emergencyPath,
    List<CommandResult> commands,
    @Nullable String verifiedBy) {
  /** Nothing yet. */
  public static final ExecutionResult NONE =
      new ExecutionResult(
          null, null, null, null, null, null, null, List.of(), Map.of(), null, List.of());

  public ExecutionResult {
    warnings = List.copyOf(warnings);
    commands = List.copyOf(commands);
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }

  /** What is no backup. */
  public ExecutionResult(
      @Nullable String backupFilename,
      @Nullable String backupPath,
      @Nullable Long sizeBytes,
      @Nullable Long compressedSizeBytes,
      @Nullable Integer filesIncluded,
      @Nullable String manifestJson,
      @Nullable String checksumSha256,
      List<String> warnings,
      Map<String, Duration> stages,
      @Nullable String emergencyPath,
      List<CommandResult> commands) {
    this(
        backupFilename,
        backupPath,
        sizeBytes,
        compressedSizeBytes,
        filesIncluded,
        manifestJson,
        checksumSha256,
        warnings,
        stages,
        emergencyPath,
        commands,
        null);
  }

  /** Nothing but warnings. */
  public static ExecutionResult warning(List<String> warnings) {
    return new ExecutionResult(
        null, null, null, null, null, null, null, warnings, Map.of(), null, List.of());
  }

  public ExecutionResult withCommands(List<CommandResult> newCommands) {
    return new ExecutionResult(
        backupFilename,
        backupPath,
        sizeBytes,
        compressedSizeBytes,
        filesIncluded,
        manifestJson,
        checksumSha256,
        warnings,
        stages,
        emergencyPath,
        newCommands,
        verifiedBy);
  }
}
