package org.tacvault.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.StartupNotes;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.DamagedArchives;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.error.EngineException;

/**
 * What the catalog says about the backups of one server. Emergency backups do not count. Of the
 * newest 1,000 backups.
 */
final class Health {
  private static final int BACKUPS = 1_000;
  private static final String FAILED = "failed";

  private final BackupEngine engine;
  private final Catalog catalog;
  private final List<DestinationRecord> destinations;
  private final Map<String, String> names = new HashMap<>();
  private final List<Execution> backups;

  Health(BackupEngine engine) {
    this.engine = engine;
    catalog = engine.catalog();
    destinations = catalog.destinations().list();
    destinations.forEach(row -> names.put(row.id(), row.name()));
    backups =
        catalog
            .list(ExecutionFilter.newest().withKind(ExecutionKind.BACKUP).withPage(BACKUPS, 0))
            .stream()
            .filter(each -> !BackupType.EMERGENCY.id().equals(each.request().backupType()))
            .toList();
  }

  StatusCommand.Answer answer() {
    Optional<Execution> last = lastGood();
    List<String> warnings = warnings(last);
    return new StatusCommand.Answer(
        engine.home().root().toString(),
        engine.instanceName().orElse(null),
        warnings.isEmpty(),
        last.map(this::answer).orElse(null),
        catalog.list(ExecutionFilter.newest().withStatus(ExecutionStatus.RUNNING)).stream()
            .map(this::answer)
            .toList(),
        destinations.stream().map(Health::place).toList(),
        StartupNotes.of(engine.startup()),
        engine.startup().held().map(Held::of).orElse(null),
        warnings);
  }

  private ExecutionAnswer answer(Execution execution) {
    return ExecutionAnswer.of(execution, names);
  }

  private Optional<Execution> lastGood() {
    Set<String> damaged = DamagedArchives.of(catalog);
    return backups.stream()
        .filter(backup -> backup.status() == ExecutionStatus.COMPLETED)
        .filter(backup -> !damaged.contains(String.valueOf(backup.result().backupPath())))
        .findFirst();
  }

  private List<String> warnings(Optional<Execution> last) {
    List<String> warnings = new ArrayList<>();
    configurationProblem().ifPresent(warnings::add);
    if (last.isEmpty()) {
      warnings.add("there is no good backup of this server");
    }
    backups.stream()
        .filter(backup -> backup.status() != ExecutionStatus.RUNNING)
        .findFirst()
        .filter(backup -> backup.status() == ExecutionStatus.FAILED)
        .ifPresent(backup -> warnings.add("the last backup failed: " + backup.errorMessage()));
    destinations.stream()
        .filter(row -> row.enabled() && FAILED.equals(row.lastBackupStatus()))
        .forEach(row -> warnings.add("the last backup to " + row.name() + " failed"));
    warnings.addAll(StartupNotes.of(engine.startup()));
    return warnings;
  }

  private Optional<String> configurationProblem() {
    try {
      return engine.getBackupConfig().enabled()
          ? Optional.empty()
          : Optional.of("backups are disabled: [backup] enabled = false");
    } catch (EngineException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static StatusCommand.Place place(DestinationRecord row) {
    return new StatusCommand.Place(
        row.name(), row.type(), row.enabled(), row.lastBackupAt(), row.lastBackupStatus());
  }
}
