package org.tacvault.cli;

import org.tacvault.engine.restore.HeldRestore;

/** {@code restore --keep}: confirms the restore that waits for it. */
final class RestoreKeep {
  /** What {@code --json} prints. */
  record Answer(Held kept) {}

  private RestoreKeep() {}

  static ExitCode run(CommandContext context) {
    HeldRestore held = context.quietEngine().heldRestores().keep(context.triggeredBy());
    Held kept = Held.of(held);
    context
        .console()
        .answer(
            new Answer(kept),
            () ->
                "Kept the restore %s: %s"
                    .formatted(kept.executionId(), String.join(", ", kept.components())));
    return ExitCode.OK;
  }
}
