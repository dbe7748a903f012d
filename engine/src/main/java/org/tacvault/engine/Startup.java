package org.tacvault.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tacvault.engine.backup.Claims;
import org.tacvault.engine.backup.OwnerMark;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.HeldRestores;
import org.tacvault.engine.restore.Recovery;
import org.tacvault.engine.restore.ServerControls;
import org.tacvault.engine.restore.ServerRecovery;

/**
 * Finishes what killed processes left in a home: the restore first, then plaintext copies, then the
 * catalog.
 */
final class Startup {
  private final Home home;
  private final Claims claims;
  private final InstantSource clock;
  private final Supplier<Catalog> catalog;
  private final HeldRestores heldRestores;
  private final ServerControls controls;

  Startup(
      Home home,
      Claims claims,
      InstantSource clock,
      Supplier<Catalog> catalog,
      HeldRestores heldRestores,
      ServerControls controls) {
    this.home = home;
    this.claims = claims;
    this.clock = clock;
    this.catalog = catalog;
    this.heldRestores = heldRestores;
    this.controls = controls;
  }

  StartupReport run(Path temp) {
    Optional<Recovery.Report> recovered = heldRestores.tend().or(this::recover);
    Optional<HeldRestore> held = heldRestores.find();
    return new StartupReport(recovered, held, reconcile(), sweep(temp));
  }

  private Optional<Recovery.Report> recover() {
    if (!Files.exists(home.restoreJournal()) || heldRestores.find().isPresent()) {
      return Optional.empty();
    }
    // A claim that is held means that the restore lives and the journal is its own business.
    try (ProcessLock claim = claims.tryRestore().orElse(null)) {
      if (claim == null) {
        return Optional.empty();
      }
      Optional<Recovery.Report> report = Recovery.run(home.restoreJournal(), controls::live);
      report.ifPresent(this::record);
      return report;
    } catch (IOException e) {
      throw IoFailures.of("recover restore", home.restoreJournal(), e);
    }
  }

  private void record(Recovery.Report report) {
    if (report.outcome() == Recovery.Outcome.WENT_BACK) {
      heldRestores.recordWentBack(report);
      return;
    }
    boolean running =
        catalog.get().find(report.executionId()).stream()
            .anyMatch(execution -> execution.status() == ExecutionStatus.RUNNING);
    if (!running) {
      return;
    }
    ServerRecovery server = report.server();
    if (report.outcome() == Recovery.Outcome.COMMITTED) {
      catalog.get().complete(report.executionId(), report.result(catalog.get()), clock.instant());
    } else {
      catalog
          .get()
          .fail(
              report.executionId(),
              "interrupted: the restore was rolled back, everything is as before" + report.remark(),
              ExecutionResult.NONE.withCommands(server.commands()),
              clock.instant());
    }
  }

  private List<Execution> reconcile() {
    if (!Files.exists(home.catalogDatabase())) {
      return List.of();
    }
    return catalog
        .get()
        .reconcile(owner -> OwnerMark.isAlive(home.locks(), owner), clock.instant());
  }

  private static int sweep(Path temp) {
    try {
      return WorkDirectory.sweep(temp);
    } catch (IOException e) {
      throw IoFailures.of("remove leftovers", temp, e);
    }
  }
}
