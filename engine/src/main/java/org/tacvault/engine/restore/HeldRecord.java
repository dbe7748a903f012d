package org.tacvault.engine.restore;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.catalog.Failures;
import org.tacvault.engine.catalog.NewExecution;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Component;

/**
 * What the catalog tells of a held restore. Going back does not depend on it: a catalog that cannot
 * be written must not keep a locked-out server locked.
 */
final class HeldRecord {
  private static final String KEPT = "it was kept at ";
  private static final String WENT_BACK = "it went back at ";

  private final Supplier<Catalog> catalog;
  private final InstantSource clock;
  private final Supplier<String> owner;

  HeldRecord(Supplier<Catalog> catalog, InstantSource clock, Supplier<String> owner) {
    this.catalog = catalog;
    this.clock = clock;
    this.owner = owner;
  }

  /** Whether the restore is recorded as done. */
  boolean isSettled(HeldRestore held) {
    return !isRunning(held.executionId());
  }

  /** Completes the execution of a restore that was killed when all was in place. */
  void settle(RestoreJournal journal) {
    if (isRunning(journal.executionId())) {
      catalog
          .get()
          .complete(
              journal.executionId(),
              RestoreRecord.ofSteps(journal.steps()).result(catalog.get(), journal.executionId()),
              clock.instant());
    }
  }

  /** Says once that the restore {@code id} was kept; returns whether that could be written. */
  boolean kept(String id, String by) {
    return ifPossible(() -> remarkOnce(id, KEPT, clock.instant() + " by " + by));
  }

  /** Records that a restore is about to go back; null when that cannot be recorded. */
  @Nullable String begin(RestoreJournal journal, String by) {
    try {
      return catalog.get().begin(execution(journal.executionId(), journal.components(), by));
    } catch (EngineException e) {
      return null;
    }
  }

  /**
   * Records that what was before is back, whoever began it; once, however often it is told. Returns
   * whether that could be written.
   */
  boolean wentBack(Recovery.Report report) {
    return ifPossible(
        () -> {
          String id = undoOf(report.executionId()).orElseGet(() -> completed(report));
          remarkOnce(report.executionId(), WENT_BACK, clock.instant() + ": see " + id);
        });
  }

  private String completed(Recovery.Report report) {
    Optional<Execution> begun = report.undoneBy().flatMap(catalog.get()::find);
    String id =
        begun
            .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
            .map(Execution::id)
            .orElseGet(() -> beginAgain(report, begun));
    catalog
        .get()
        .complete(
            id, report.record().result().withCommands(report.server().commands()), clock.instant());
    report
        .server()
        .failure()
        .ifPresent(
            why -> catalog.get().remark(id, "the TACACS+ server is not known to be up: " + why));
    report.losses().forEach(loss -> catalog.get().remark(id, loss));
    return id;
  }

  /** The execution that took {@code restore} back, when it is recorded already. */
  private Optional<String> undoOf(String restore) {
    return catalog
        .get()
        .list(
            ExecutionFilter.newest()
                .withKind(ExecutionKind.RESTORE)
                .withStatus(ExecutionStatus.COMPLETED))
        .stream()
        .filter(execution -> restore.equals(execution.request().undoes()))
        .map(Execution::id)
        .findFirst();
  }

  private void remarkOnce(String id, String what, String rest) {
    boolean said =
        catalog.get().find(id).stream()
            .flatMap(execution -> execution.result().warnings().stream())
            .anyMatch(warning -> warning.startsWith(what));
    if (!said) {
      catalog.get().remark(id, what + rest);
    }
  }

  /** The data is where it belongs: that nobody can write it down makes it no failure. */
  private static boolean ifPossible(Runnable writing) {
    try {
      writing.run();
      return true;
    } catch (EngineException e) {
      // The journal stays, and the next start says so.
      return false;
    }
  }

  void failed(@Nullable String id, EngineException failure) {
    if (id != null) {
      Failures.record(catalog.get(), id, failure, clock.instant());
    }
  }

  private String beginAgain(Recovery.Report report, Optional<Execution> begun) {
    String by =
        begun
            .map(execution -> execution.request().triggeredBy())
            .orElse(HeldRestores.NOT_CONFIRMED);
    return catalog.get().begin(execution(report.executionId(), report.components(), by));
  }

  private NewExecution execution(
      String restore, Iterable<Component> restored, @Nullable String by) {
    Set<Component> components = EnumSet.noneOf(Component.class);
    restored.forEach(components::add);
    return new NewExecution(
        ExecutionKind.RESTORE,
        null,
        null,
        by,
        "undo of restore " + restore + ", which was not kept",
        null,
        components,
        owner.get(),
        clock.instant(),
        restore);
  }

  private boolean isRunning(String id) {
    try {
      return catalog
          .get()
          .find(id)
          .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
          .isPresent();
    } catch (EngineException e) {
      // Whoever records something next says what is wrong with the catalog.
      return false;
    }
  }
}
