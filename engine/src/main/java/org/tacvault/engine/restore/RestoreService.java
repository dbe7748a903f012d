package org.tacvault.engine.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.Claims;
import org.tacvault.engine.backup.HostFacts;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.backup.ServerContexts;
import org.tacvault.engine.backup.StageTimes;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.catalog.Failures;
import org.tacvault.engine.catalog.NewExecution;
import org.tacvault.engine.config.InvalidConfigException;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.verify.ArchiveOpener;
import org.tacvault.engine.verify.CheckedArchive;
import org.tacvault.engine.verify.VerifyListener;
import org.tacvault.engine.verify.VerifyStage;

/** Restores archives into one home. */
public final class RestoreService {
  // Older ones have no emergency backup any more.
  private static final int UNDOABLE = 1_000;

  private final Parts parts;
  private final Path temp;
  private final HeldRestores held;

  /**
   * What a restore needs.
   *
   * @param emergencyTarget where the safety copy goes
   * @param controls what stops and starts the server
   */
  public record Parts(
      Home home,
      ServerContexts contexts,
      HostFacts host,
      Catalog catalog,
      Claims claims,
      InstantSource clock,
      EmergencyTarget emergencyTarget,
      ServerControls controls) {}

  /** One target for the emergency backup of a server. */
  @FunctionalInterface
  public interface EmergencyTarget {
    /**
     * The default local destination of the server that {@code context} describes; closed by the
     * caller.
     */
    BackupTarget of(ServerContext context);
  }

  /**
   * @param temp where archives are unpacked, on the file system of the home
   */
  public RestoreService(Parts parts, Path temp) {
    this.parts = parts;
    this.temp = temp;
    this.held =
        new HeldRestores(
            parts.home(),
            parts.claims(),
            parts.clock(),
            parts::catalog,
            () -> parts.host().owner(),
            parts.controls());
  }

  /**
   * The restore that an undo would take back.
   *
   * @throws org.tacvault.engine.error.EngineException {@code NOT_FOUND} when there is none
   */
  public UndoTarget undoTarget() {
    ExecutionFilter completed =
        ExecutionFilter.newest()
            .withKind(ExecutionKind.RESTORE)
            .withStatus(ExecutionStatus.COMPLETED)
            .withPage(UNDOABLE, 0);
    return UndoTarget.choose(parts.catalog().list(completed))
        .orElseThrow(
            () ->
                new EngineException(
                        ErrorKind.NOT_FOUND,
                        "undo restore",
                        parts.home().root(),
                        "there is no restore with an emergency backup that could be undone")
                    .withHint("tacvault executions --kind restore shows what was restored"));
  }

  /**
   * Opens and checks the archive and plans what would change; live data is only read. Unless it is
   * a dry run, the home is claimed and the execution recorded, until the result is closed.
   *
   * @throws org.tacvault.engine.error.EngineException {@code BUSY} when another restore is running;
   *     {@code CONFLICT} when one waits to be confirmed; {@code NOT_FOUND}, {@code WRONG_KEY},
   *     {@code VERIFICATION_FAILED}, {@code REFUSED}, ...
   */
  public PreparedRestore prepare(RestoreRequest request) {
    Trial.check(request.options());
    held.tend();
    Optional<ProcessLock> claim =
        request.options().dryRun()
            ? Optional.empty()
            : Optional.of(parts.claims().restore(parts.home().root()));
    @Nullable String id = null;
    @Nullable WorkDirectory work = null;
    try {
      if (!request.options().dryRun()) {
        held.requireNone();
        requireNewest(request.undoes());
      }
      id = request.options().dryRun() ? null : begin(request);
      if (id != null) {
        request.listener().started(id);
      }
      work = WorkDirectory.create(temp, "restore by " + parts.host().owner());
      return open(request, id, work, claim);
    } catch (IOException e) {
      throw abandon(IoFailures.of("use work directory", temp, e), request, id, work, claim);
    } catch (RuntimeException | Error e) {
      abandon(e, request, id, work, claim);
      throw e;
    }
  }

  private PreparedRestore open(
      RestoreRequest request,
      @Nullable String id,
      WorkDirectory work,
      Optional<ProcessLock> claim) {
    StageTimes times = new StageTimes(parts.clock());
    CheckedArchive archive =
        opened(
            request,
            () ->
                new ArchiveOpener(request.keys(), new OpenProgress(times, request.listener()))
                    .open(request.archive(), work));
    RestoreContext context =
        RestoreContext.of(
            parts.contexts(), archive, request.keys(), RestoreContext.restoresConfig(request));
    List<Source> places = context.after().sources();
    Execution undone = request.undoes();
    RestoreSelection selection =
        undone == null
            ? RestoreSelection.of(archive, request.components(), places)
            : UndoSelection.of(archive, request.components(), places, undone);
    RestoreTargets.check(parts.home(), selection.all(), context.live(), request.options().force());
    ServerControl control = control(request, context, id == null ? "" : id);
    times.end();
    PreparedRestore prepared =
        new PreparedRestore(
            parts, request, id, work, claim, archive, context, selection, control, times);
    prepared.keepRevocations();
    return prepared;
  }

  /** Who restores by force goes on without commands that are not valid. */
  private ServerControl control(RestoreRequest request, RestoreContext context, String id) {
    try {
      return parts.controls().of(context.live(), id);
    } catch (InvalidConfigException e) {
      if (request.options().force()) {
        return ServerControl.NONE;
      }
      throw e;
    }
  }

  /** Another restore may have come since the one to undo was chosen. */
  private void requireNewest(@Nullable Execution undone) {
    if (undone != null && !undoTarget().restore().id().equals(undone.id())) {
      throw new EngineException(
              ErrorKind.CONFLICT, "undo restore", undone.id(), "another restore came meanwhile")
          .withHint("look again what would be undone: tacvault restore --undo --dry-run");
    }
  }

  /** Nobody chose the key of an emergency backup: says which one it is. */
  private CheckedArchive opened(RestoreRequest request, Supplier<CheckedArchive> opening) {
    try {
      return opening.get();
    } catch (EngineException e) {
      if (request.undoes() == null || e.kind() != ErrorKind.WRONG_KEY) {
        throw e;
      }
      String recipients =
          parts
              .contexts()
              .liveIfReadable()
              .flatMap(ServerContext::validSettings)
              .map(settings -> String.join(", ", settings.encryptionRecipients()))
              .filter(keys -> !keys.isEmpty())
              .map(keys -> "; encryption_recipients are now " + keys)
              .orElse("");
      throw new EngineException(e.kind(), e.operation(), e.subject(), e.reason())
          .withHint(
              "it was encrypted as the backups were when it was made: give --identity FILE of a"
                  + " recipient, or the passphrase"
                  + recipients)
          .withCause(e);
    }
  }

  private String begin(RestoreRequest request) {
    Execution undone = request.undoes();
    return parts
        .catalog()
        .begin(
            new NewExecution(
                ExecutionKind.RESTORE,
                request.archive().destinationId(),
                null,
                request.triggeredBy(),
                undone == null ? request.archive().label() : "undo of restore " + undone.id(),
                null,
                request.components(),
                parts.host().owner(),
                parts.clock().instant(),
                undone == null ? null : undone.id()));
  }

  private <T extends Throwable> T abandon(
      T failure,
      RestoreRequest request,
      @Nullable String id,
      @Nullable WorkDirectory work,
      Optional<ProcessLock> claim) {
    if (id != null) {
      ExecutionResult partial = ExecutionResult.warning(request.archive().retried());
      Failures.record(parts.catalog(), id, failure, partial, parts.clock().instant());
    }
    try (ProcessLock ignored = claim.orElse(null);
        WorkDirectory alsoIgnored = work) {
      return failure;
    } catch (IOException e) {
      failure.addSuppressed(e);
      return failure;
    }
  }

  /** Times the opening of the archive, and passes it on to whoever hears of the restore. */
  private record OpenProgress(StageTimes times, RestoreListener listener)
      implements VerifyListener {
    @Override
    public void stage(VerifyStage stage, String subject) {
      times.begin(stage.id());
      listener.step(RestoreStep.valueOf(stage.name()), subject);
    }

    @Override
    public void progress(VerifyStage stage, long doneBytes, long totalBytes) {
      listener.progress(stage.id(), doneBytes, totalBytes);
    }
  }
}
