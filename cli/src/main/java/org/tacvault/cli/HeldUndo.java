package org.tacvault.cli;

import java.util.List;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.Recovery;

/**
 * {@code restore --undo} while a restore waits to be confirmed: it goes back at once, exactly, from
 * what its journal kept; no archive and no key is needed.
 */
record HeldUndo(HeldRestore held, boolean dryRun, boolean isConfirmed) {
  /** What {@code --json} prints. */
  record Answer(Back wentBack) {}

  /**
   * What is, or would be, as before.
   *
   * @param losses what could not be brought along of the rows that came meanwhile
   */
  record Back(String executionId, List<String> components, boolean dryRun, List<String> losses) {}

  ExitCode run(CommandContext context) {
    List<String> components = held.components().stream().map(Component::id).toList();
    String what = "%s: %s".formatted(held.executionId(), String.join(", ", components));
    if (dryRun) {
      context
          .console()
          .answer(answer(components, List.of()), () -> "Would go back from the restore " + what);
      return ExitCode.OK;
    }
    if (!isConfirmed) {
      throw new EngineException(
              ErrorKind.REFUSED, "undo restore", held.executionId(), "it was not confirmed")
          .withHint("nothing was changed; repeat with --confirm to go back from it now");
    }
    Recovery.Report back =
        context.quietEngine().heldRestores().goBack(context.triggeredBy()).orElseThrow(this::gone);
    context
        .console()
        .answer(answer(components, back.losses()), () -> "Went back from the restore " + what);
    back.losses().forEach(context.console()::warn);
    back.server()
        .failure()
        .ifPresent(
            why -> context.console().warn("the TACACS+ server is not known to be up: " + why));
    boolean isWell =
        back.outcome() == Recovery.Outcome.WENT_BACK
            && back.server().failure().isEmpty()
            && back.losses().isEmpty();
    return isWell ? ExitCode.OK : ExitCode.WARNINGS;
  }

  private Answer answer(List<String> components, List<String> losses) {
    return new Answer(new Back(held.executionId(), components, dryRun, losses));
  }

  private EngineException gone() {
    return new EngineException(
            ErrorKind.CONFLICT,
            "undo restore",
            held.executionId(),
            "somebody kept it, or took it back, meanwhile")
        .withHint("tacvault executions " + held.executionId() + " shows which");
  }
}
