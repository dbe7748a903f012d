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
import org.tacvault.engine.backup.ServerContexts;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.DestinationSecrets;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.destination.local.LocalDestination;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.HeldRestores;
import org.tacvault.engine.restore.Recovery;
import org.tacvault.engine.restore.ServerControls;
import org.tacvault.engine.restore.ServerRecovery;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.sqlite.SideFiles;

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
  private final ServerContexts contexts;

  Startup(
      Home home,
      Claims claims,
      InstantSource clock,
      Supplier<Catalog> catalog,
      HeldRestores heldRestores,
      ServerControls controls,
      ServerContexts contexts) {
    this.home = home;
    this.claims = claims;
    this.clock = clock;
    this.catalog = catalog;
    this.heldRestores = heldRestores;
    this.controls = controls;
    this.contexts = contexts;
  }

  StartupReport run(Path temp) {
    Optional<Recovery.Report> recovered = heldRestores.tend().or(this::recover);
    Optional<HeldRestore> held = heldRestores.find();
    List<Execution> interrupted = reconcile();
    int removed = sweep(temp);
    StartupReport.Secrets secrets = secrets();
    tidy();
    return new StartupReport(recovered, held, interrupted, removed, secrets);
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
      return Recovery.run(home.restoreJournal(), controls::live, this::record);
    } catch (IOException e) {
      throw IoFailures.of("recover restore", home.restoreJournal(), e);
    }
  }

  private boolean record(Recovery.Report report) {
    return switch (report.outcome()) {
      case WENT_BACK -> heldRestores.recordWentBack(report);
      case KEPT -> heldRestores.recordKept(report);
      case COMMITTED, ROLLED_BACK -> {
        recordEnd(report);
        yield true;
      }
    };
  }

  private void recordEnd(Recovery.Report report) {
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

  /** A key that cannot be used must not keep anybody from a restore: it becomes a warning. */
  private StartupReport.Secrets secrets() {
    if (!Files.exists(home.catalogDatabase())) {
      return StartupReport.Secrets.NONE;
    }
    try {
      DestinationSecrets secrets = catalog.get().secrets();
      return new StartupReport.Secrets(
          secrets.sealClear(), secrets.finishRotation(), Optional.empty(), secrets.keyExposures());
    } catch (EngineException e) {
      return new StartupReport.Secrets(List.of(), false, Optional.of(e), List.of());
    }
  }

  /** What is in nobody's way, but belongs to nobody any more. */
  private void tidy() {
    List<Runnable> chores =
        List.of(
            () ->
                contexts
                    .liveIfReadable()
                    .ifPresent(server -> server.sources().forEach(Source::tidy)),
            () -> SideFiles.settle(home.catalogDatabase()),
            () -> OwnerMark.sweep(home.locks(), clock.instant()),
            () -> LocalDestination.removeDeadParts(home.defaultBackups(), clock.instant()));
    chores.forEach(Startup::ifPossible);
  }

  private static void ifPossible(Runnable chore) {
    try {
      chore.run();
    } catch (EngineException e) {
      // The next start of somebody who may does it.
      return;
    }
  }

  private static int sweep(Path temp) {
    try {
      return WorkDirectory.sweep(temp);
    } catch (IOException e) {
      throw IoFailures.of("remove leftovers", temp, e);
    }
  }
}
