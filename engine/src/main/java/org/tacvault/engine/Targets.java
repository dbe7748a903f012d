package org.tacvault.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.RetentionStep;
import org.tacvault.engine.catalog.ConfiguredDestinations;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.local.LocalSettings;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.retention.RetentionReport;
import org.tacvault.engine.retention.RetentionService;

/** Makes targets of backups out of rows and directories. */
record Targets(ConfiguredDestinations destinations, RetentionService retention) {
  BackupTarget of(DestinationRecord row) {
    Destination destination = destinations.open(row);
    return new BackupTarget(
        row.id(), row.name(), row.id(), destination, () -> prune(row, destination));
  }

  /** A directory that a user named: nothing in it is ever deleted. */
  static BackupTarget of(Path directory) {
    return in(directory, open(directory), RetentionStep.KEEP_ALL);
  }

  /** The directory of emergency backups: nothing but old ones of them is deleted. */
  static BackupTarget emergency(Path directory, RetentionService retention) {
    Destination destination = open(directory);
    return in(directory, destination, () -> failures(retention.applyToEmergencies(destination)));
  }

  private static BackupTarget in(Path directory, Destination destination, RetentionStep step) {
    String path = directory.toAbsolutePath().normalize().toString();
    return new BackupTarget(null, path, path, destination, step);
  }

  private static Destination open(Path directory) {
    String path = directory.toAbsolutePath().normalize().toString();
    return LocalSettings.parse(Map.of("base_path", path)).open();
  }

  /** The backup is good whatever becomes of the old ones: failures here are for people to read. */
  private List<String> prune(DestinationRecord row, Destination destination) {
    try {
      return failures(retention.applyWhenDue(row, destination, "backup"));
    } catch (EngineException e) {
      return List.of("retention was not applied: " + e.getMessage());
    }
  }

  private static List<String> failures(RetentionReport report) {
    return report.failures().stream()
        .map(failure -> "retention could not delete: " + failure.error().getMessage())
        .toList();
  }
}
