package org.tacvault.engine.restore;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.StageTimes;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.catalog.Failures;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.Interruption;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.verify.CheckedArchive;

/**
 * A checked archive and what its restore will change, waiting for the word; closed without it,
 * nothing has changed.
 */
public final class PreparedRestore implements AutoCloseable {
  private final RestoreService.Parts parts;
  private final RestoreRequest request;
  private final @Nullable String executionId;
  private final WorkDirectory work;
  private final Optional<ProcessLock> claim;
  private final CheckedArchive archive;
  private final RestoreContext context;
  private final RestoreSelection selection;
  private final ServerControl control;
  private final List<String> warnings;
  private final StageTimes times;
  private final Optional<Trial> trial;
  private final Optional<RevocationKeeper> keeper;
  private KeptRevocations kept = KeptRevocations.NONE;
  private boolean applied;

  PreparedRestore(
      RestoreService.Parts parts,
      RestoreRequest request,
      @Nullable String executionId,
      WorkDirectory work,
      Optional<ProcessLock> claim,
      CheckedArchive archive,
      RestoreContext context,
      RestoreSelection selection,
      ServerControl control,
      StageTimes times) {
    this.parts = parts;
    this.request = request;
    this.executionId = executionId;
    this.work = work;
    this.claim = claim;
    this.archive = archive;
    this.context = context;
    this.selection = selection;
    this.control = control;
    this.warnings = new ArrayList<>(selection.warnings());
    this.warnings.addAll(request.archive().retried());
    this.times = times;
    this.trial = request.options().confirmWithin().map(time -> new Trial(parts.clock(), time));
    this.keeper =
        Optional.of(request.options())
            .filter(RestoreOptions::keepRevocations)
            .map(
                options ->
                    new RevocationKeeper(
                        selection.sources(), context.live(), archive.directory(), options.force()));
  }

  /** Makes the staged copies right for what is live now; when nobody asked for it, they are. */
  void keepRevocations() {
    kept = keeper.map(RevocationKeeper::keep).orElse(KeptRevocations.NONE);
  }

  /** What {@link #apply} would change, computed now; live data is only read. */
  public RestorePlan plan() {
    keepRevocations();
    RestorePlan plan =
        new RestorePlanner(request.options().history())
            .plan(
                selection.sources(),
                archive.directory(),
                archive.manifest(),
                context.live().map(live -> live.instance().name()).orElse(null),
                parts.clock().instant());
    return UndoPlan.with(selection.removals(), kept.addTo(plan)).withCommands(control.commands());
  }

  /** What the archive holds. */
  public CheckedArchive archive() {
    return archive;
  }

  /**
   * Saves what is live, then replaces it, all or nothing, and records the execution.
   *
   * @throws EngineException when something failed; then everything is as before, unless the failure
   *     says that recovery is needed
   */
  public RestoreReport apply() {
    String id = requireReady();
    applied = true;
    try {
      request.listener().step(RestoreStep.EMERGENCY_BACKUP, archive.label());
      times.begin("emergency_backup");
      Optional<Execution> emergency =
          new SafetyCopy(parts, archive.label(), request.options().force())
              .take(context.toSave(), id, warnings::add);
      boolean restartRequired =
          !control.bringsUp()
              && (!selection.removals().isEmpty()
                  || selection.sources().stream().anyMatch(source -> !source.isReplacedHot()));
      List<Change> changes = changes();
      RestoreRecord record = RestoreRecord.of(changes);
      replace(
          id,
          changes,
          () -> parts.catalog().complete(id, result(emergency, record), parts.clock().instant()));
      announceEnd();
      return report(id, emergency, restartRequired);
    } catch (RuntimeException | Error e) {
      ExecutionResult ran = ExecutionResult.NONE.withCommands(control.results());
      Failures.record(parts.catalog(), id, e, ran, parts.clock().instant());
      throw e;
    }
  }

  private void replace(String id, List<Change> changes, Runnable record) {
    Interruption.check("restore", archive.label());
    times.begin("apply");
    RestoreAccess.require(selection.all());
    // What is live may have changed since the plan.
    keepRevocations();
    kept.warnings().forEach(warning -> warnings.add(warning.message()));
    RestoreRoom.require(selection.all(), parts.home().restoreJournal(), archive.directory());
    Applier applier =
        new Applier(parts.home().restoreJournal(), request.listener(), trial, server());
    try (ProcessLock ignored = parts.claims().liveData("restore")) {
      applier
          .apply(id, parts.clock().instant(), changes, archive.directory(), record)
          .ifPresent(warnings::add);
    } catch (IOException e) {
      throw IoFailures.of("end restore", parts.home().locks(), e);
    }
  }

  private ServerSession server() {
    ServerOperation operation =
        request.undoes() == null ? ServerOperation.RESTORE : ServerOperation.UNDO;
    return new ServerSession(control, operation, request.listener());
  }

  private List<Change> changes() {
    return Stream.concat(
            ApplyOrder.of(selection.sources()).stream().map(this::change),
            selection.removals().stream().map(Change::remove))
        .toList();
  }

  private Change change(Source source) {
    if (!request.options().history().isMergeOf(source)) {
      return Change.replace(source);
    }
    if (source.isMergeable()) {
      return Change.merge(source);
    }
    warnings.add(DatabasePlan.notMerged(source));
    return Change.replace(source);
  }

  /** Everything is in place and recorded: nobody can fail the restore any more. */
  private void announceEnd() {
    try {
      request.listener().step(RestoreStep.DONE, archive.label());
    } catch (RuntimeException e) {
      warnings.add("a listener failed after the restore: " + e.getMessage());
    }
  }

  private RestoreReport report(String id, Optional<Execution> emergency, boolean restartRequired) {
    List<Component> components =
        selection.all().stream().map(Source::component).distinct().toList();
    return new RestoreReport(
        id,
        emergency.map(execution -> execution.result().backupPath()).orElse(null),
        components,
        restartRequired,
        List.copyOf(warnings),
        trial.flatMap(Trial::hold).map(Hold::deadline).orElse(null),
        kept.all(),
        control.results());
  }

  private ExecutionResult result(Optional<Execution> emergency, RestoreRecord record) {
    Map<String, Duration> stages = times.end();
    return new ExecutionResult(
        null,
        archive.label(),
        archive.manifest().totalSizeBytes(),
        archive.packedBytes(),
        selection.sources().size(),
        kept.addTo(record.json()),
        null,
        allWarnings(),
        stages,
        emergency.map(execution -> execution.result().backupPath()).orElse(null),
        control.results());
  }

  /** With what whoever looks at the execution must know as long as the restore is held. */
  private List<String> allWarnings() {
    List<String> all = new ArrayList<>(warnings);
    trial
        .flatMap(Trial::hold)
        .map(hold -> "it goes back at " + hold.deadline() + " unless it is kept")
        .ifPresent(all::add);
    return all;
  }

  private String requireReady() {
    String id = executionId;
    if (id == null || applied) {
      throw new IllegalStateException("a dry run cannot be applied, and a restore only once");
    }
    return id;
  }

  @Override
  public void close() {
    try (ProcessLock alsoIgnored = claim.orElse(null);
        WorkDirectory ignored = work) {
      if (executionId != null && !applied) {
        parts.catalog().cancel(executionId, "it was not confirmed", parts.clock().instant());
      }
    } catch (IOException e) {
      throw IoFailures.of("remove work directory", work.path(), e);
    }
  }
}
