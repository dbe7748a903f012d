package org.tacvault.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says a rule in words and what it would do now. */
@Command(name = "show", description = "Say what a destination keeps and what that means now.")
final class RetentionShowCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "Name or id of the destination.")
  private String name;

  @Override
  ExitCode run(CommandContext context) {
    RetentionView view =
        RetentionView.of(context, context.engine().catalog().destinations().get(name));
    context.console().answer(view, () -> text(view));
    return ExitCode.OK;
  }

  private static String text(RetentionView view) {
    String see = view.deletes() == 0 ? "" : "; see: tacvault retention apply NAME --dry-run";
    return "'%s' keeps %s (%s)\nnow: %s"
            .formatted(view.destination(), view.keeps(), view.strategy(), view.summary())
        + see.replace("NAME", view.destination());
  }
}
