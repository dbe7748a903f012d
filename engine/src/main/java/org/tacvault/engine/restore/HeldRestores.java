package org.tacvault.engine.restore;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.Claims;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.io.ProcessLock;

/**
 * Keeps, or takes back, the restore of a home that waits to be confirmed. Whoever comes first
 * decides; across processes it happens once.
 */
public final class HeldRestores {
  /** Who takes back a restore that nobody confirmed in time. */
  public static final String NOT_CONFIRMED = "system:not-confirmed";

  private static final String KEEP = "keep restore";
  private static final String GO_BACK = "take back restore";

  private final Home home;
  private final Claims claims;
  private final InstantSource clock;
  private final Supplier<Catalog> catalog;
  private final HeldRecord record;
  private final ServerControls controls;

  /**
   * @param catalog asked for only when a restore is held
   * @param owner names this process; asked for before an execution is recorded
   * @param controls what stops and starts the server when it goes back
   */
  public HeldRestores(
      Home home,
      Claims claims,
      InstantSource clock,
      Supplier<Catalog> catalog,
      Supplier<String> owner,
      ServerControls controls) {
    this.home = home;
    this.claims = claims;
    this.clock = clock;
    this.catalog = catalog;
    this.record = new HeldRecord(catalog, clock, owner);
    this.controls = controls;
  }

  /** The restore that waits to be confirmed, also when its time is over. */
  public Optional<HeldRestore> find() {
    return HeldRestore.find(home.restoreJournal());
  }

  /**
   * Confirms the held restore: it stays.
   *
   * @param by who confirms, for the record
   * @throws EngineException {@code NOT_FOUND} when nothing is held; {@code CONFLICT} when it was
   *     too late, and everything is as before; {@code BUSY}
   */
  public HeldRestore keep(String by) {
    return claimed(KEEP, (journal, held) -> keep(journal, held, by))
        .orElseThrow(this::nothingToKeep);
  }

  private HeldRestore keep(RestoreJournal journal, HeldRestore held, String by) {
    if (held.isOver(clock.instant())) {
      Recovery.Report back = goBack(journal, NOT_CONFIRMED);
      throw tooLate(held.executionId(), "until " + held.deadline(), back.remark());
    }
    record.settle(journal);
    journal.commit();
    // Otherwise the next start says so.
    if (record.kept(held.executionId(), by)) {
      journal.remove();
    }
    return held;
  }

  /**
   * Takes the held restore back at once; empty when nothing is held.
   *
   * @param by who wants it, for the record
   */
  public Optional<Recovery.Report> goBack(String by) {
    return claimed(GO_BACK, (journal, held) -> goBack(journal, by));
  }

  /**
   * Takes the held restore back when its time is over, unless somebody else is about to; else makes
   * sure that it is recorded. Does nothing, and costs nothing, when nothing is held.
   */
  public Optional<Recovery.Report> tend() {
    Optional<HeldRestore> held = find();
    if (held.isEmpty() || !held.get().isOver(clock.instant()) && record.isSettled(held.get())) {
      return Optional.empty();
    }
    try (ProcessLock claim = claims.tryRestore().orElse(null)) {
      return claim == null
          ? Optional.empty()
          : RestoreJournal.open(home.restoreJournal()).flatMap(this::tend);
    } catch (IOException e) {
      throw IoFailures.of(GO_BACK, home.restoreJournal(), e);
    }
  }

  private Optional<Recovery.Report> tend(RestoreJournal journal) {
    Optional<HeldRestore> held = HeldRestore.of(journal);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    record.settle(journal);
    return held.filter(found -> found.isOver(clock.instant()))
        .map(found -> goBack(journal, NOT_CONFIRMED));
  }

  /**
   * Records a going back that was killed on its way and has been finished; returns whether that
   * could be written.
   */
  public boolean recordWentBack(Recovery.Report report) {
    return record.wentBack(report);
  }

  /**
   * Records that a restore stays whose keeping was killed when that was decided; returns whether
   * that could be written.
   */
  public boolean recordKept(Recovery.Report report) {
    return record.kept(report.executionId(), "somebody whose process was killed then");
  }

  /** Refuses to go on while a restore waits to be confirmed. */
  void requireNone() {
    find()
        .ifPresent(
            held -> {
              throw new EngineException(
                      ErrorKind.CONFLICT,
                      "restore",
                      home.root(),
                      "restore %s waits to be confirmed until %s"
                          .formatted(held.executionId(), held.deadline()))
                  .withHint(
                      "keep it: tacvault restore --keep; or take it back: tacvault restore --undo");
            });
  }

  /** The caller holds the claim. The execution exists before anything is put back. */
  private Recovery.Report goBack(RestoreJournal journal, String by) {
    record.settle(journal);
    @Nullable String id = record.begin(journal, by);
    journal.goBack(id);
    Recovery.Report report =
        new Recovery.Report(
            journal.executionId(),
            Recovery.Outcome.WENT_BACK,
            journal.components(),
            Optional.ofNullable(id),
            RestoreRecord.ofSteps(journal.steps()),
            ServerRecovery.NONE);
    boolean recorded;
    // Backups may be running: none of them shall hold a mix of old and new.
    try (ProcessLock ignored = claims.liveData("take back restore")) {
      recorded = journal.rollBack(() -> recordUnlessControlled(journal, report));
    } catch (IOException e) {
      throw IoFailures.of(GO_BACK, home.locks(), e);
    } catch (EngineException e) {
      record.failed(id, e);
      throw new EngineException(
              e.kind(),
              GO_BACK,
              journal.executionId(),
              "the old content could not be put back yet: " + e.getMessage())
          .withHint(
              "the old content is safe in the journal; mend the cause and run: tacvault recover")
          .withCause(e);
    }
    Recovery.Report ended = report.with(journal.losses());
    if (journal.serverControlled()) {
      ended = ended.with(ServerRecovery.run(journal, controls::live, ServerOperation.ROLLBACK));
      recorded = record.wentBack(ended);
    }
    journal.end(recorded);
    return ended;
  }

  /** Where the server has to be brought up, the journal outlives that: it is recorded after. */
  private boolean recordUnlessControlled(RestoreJournal journal, Recovery.Report report) {
    return journal.serverControlled() || record.wentBack(report.with(journal.losses()));
  }

  /** Does {@code work} with what is held, and is still held when the claim is ours. */
  private <T> Optional<T> claimed(
      String operation, BiFunction<RestoreJournal, HeldRestore, T> work) {
    if (find().isEmpty()) {
      return Optional.empty();
    }
    try (ProcessLock ignored = claims.restoreSoon(operation)) {
      return RestoreJournal.open(home.restoreJournal())
          .flatMap(journal -> HeldRestore.of(journal).map(held -> work.apply(journal, held)));
    } catch (IOException e) {
      throw IoFailures.of(operation, home.restoreJournal(), e);
    }
  }

  /** Says so when there was one, and it was not confirmed in time. */
  private EngineException nothingToKeep() {
    return lastWentBack()
        .map(HeldRestores::tooLate)
        .orElseGet(
            () ->
                new EngineException(
                        ErrorKind.NOT_FOUND, KEEP, home.root(), "no restore waits to be confirmed")
                    .withHint("tacvault executions --kind restore shows what was restored"));
  }

  /** The newest execution of a restore, if it took one back because nobody confirmed it. */
  private Optional<Execution> lastWentBack() {
    return catalog
        .get()
        .list(ExecutionFilter.newest().withKind(ExecutionKind.RESTORE).withPage(1, 0))
        .stream()
        .filter(last -> last.status() == ExecutionStatus.COMPLETED)
        .filter(last -> NOT_CONFIRMED.equals(last.request().triggeredBy()))
        .findFirst();
  }

  private static EngineException tooLate(Execution back) {
    return tooLate(
        String.valueOf(back.request().undoes()),
        "in time and went back at " + back.startedAt(),
        "");
  }

  private static EngineException tooLate(String restore, String when, String remark) {
    return new EngineException(
            ErrorKind.CONFLICT,
            KEEP,
            restore,
            "too late: it was not confirmed " + when + "; everything is as before it" + remark)
        .withHint("restore again, with more time: --confirm-within 30m");
  }
}
