package org.tacvault.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.RetentionStep;
import org.tacvault.engine.backup.ServerContext;
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

  static BackupTarget of(Path directory) {
    Path base = directory.toAbsolutePath().normalize();
    Destination destination = LocalSettings.parse(Map.of("base_path", base.toString())).open();
    return new BackupTarget(
        null, base.toString(), base.toString(), destination, RetentionStep.KEEP_ALL);
  }

  /** The default local destination; emergency backups need no row in the catalog. */
  static BackupTarget emergency(ServerContext context) {
    return of(context.config().defaultBackups());
  }

  /** The backup is good whatever becomes of the old ones: failures here are for people to read. */
  private List<String> prune(DestinationRecord row, Destination destination) {
    try {
      RetentionReport report = retention.applyWhenDue(row, destination, "backup");
      return report.failures().stream()
          .map(failure -> "retention could not delete: " + failure.error().getMessage())
          .toList();
    } catch (EngineException e) {
      return List.of("retention was not applied: " + e.getMessage());
    }
  }
}
