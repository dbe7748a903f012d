package org.tacvault.cli;

import picocli.CommandLine.Command;

/** Prints what an administrator keeps on paper for the day when everything else is gone. */
@Command(
    name = "recovery-sheet",
    description = "Print what you need on paper to restore when everything else is lost.",
    footer = {
      "",
      "  It holds no secret. Print it again when destinations or keys change:",
      "  tacvault recovery-sheet | lpr"
    })
final class RecoverySheetCommand extends TacvaultCommand {
  /** Said where a server has just been set up. */
  static final String OFFER =
      "When everything else is lost, paper helps; print it now: tacvault recovery-sheet";

  @Override
  ExitCode run(CommandContext context) {
    RecoverySheet sheet = RecoverySheet.of(context.engine(), context.clock().instant());
    context.console().answer(sheet, () -> RecoverySheetText.of(sheet));
    return ExitCode.OK;
  }
}
