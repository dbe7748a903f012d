package org.tacvault.engine.restore;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final List<String> warnings;
  private final StageTimes times;
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
      StageTimes times) {
    this.parts = parts;
    this.request = request;
    this.executionId = executionId;
    this.work = work;
    this.claim = claim;
    this.archive = archive;
    this.context = context;
    this.selection = selection;
    this.warnings = new ArrayList<>(selection.warnings());
    this.times = times;
  }

  /** What {@link #apply} would change, computed now; live data is only read. */
  public RestorePlan plan() {
    return new RestorePlanner()
        .plan(
            selection.sources(),
            archive.directory(),
            archive.manifest(),
            context.live().map(live -> live.instance().name()).orElse(null),
            parts.clock().instant());
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
          selection.sources().stream().anyMatch(source -> !source.isReplacedHot());
      replace(id, () -> parts.catalog().complete(id, result(emergency), parts.clock().instant()));
      announceEnd();
      return report(id, emergency, restartRequired);
    } catch (RuntimeException | Error e) {
      Failures.record(parts.catalog(), id, e, parts.clock().instant());
      throw e;
    }
  }

  private void replace(String id, Runnable record) {
    Interruption.check("restore", archive.label());
    times.begin("apply");
    RestoreAccess.require(selection.sources());
    RestoreRoom.require(selection.sources(), parts.home().restoreJournal(), archive.directory());
    Applier applier = new Applier(parts.home().restoreJournal(), request.listener());
    try (ProcessLock ignored = parts.claims().liveData("restore")) {
      applier
          .apply(id, parts.clock().instant(), changes(), archive.directory(), record)
          .ifPresent(warnings::add);
    } catch (IOException e) {
      throw IoFailures.of("end restore", parts.home().locks(), e);
    }
  }

  private List<Change> changes() {
    return ApplyOrder.of(selection.sources()).stream().map(Change::replace).toList();
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
        selection.sources().stream().map(Source::component).distinct().toList();
    return new RestoreReport(
        id,
        emergency.map(execution -> execution.result().backupPath()).orElse(null),
        components,
        restartRequired,
        List.copyOf(warnings));
  }

  private ExecutionResult result(Optional<Execution> emergency) {
    Map<String, Duration> stages = times.end();
    return new ExecutionResult(
        null,
        archive.label(),
        archive.manifest().totalSizeBytes(),
        archive.packedBytes(),
        selection.sources().size(),
        null,
        null,
        warnings,
        stages,
        emergency.map(execution -> execution.result().backupPath()).orElse(null));
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
