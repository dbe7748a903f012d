package org.tacvault.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.retention.RetentionReport;
import org.tacvault.engine.retention.RetentionRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes what a rule gives up, or only says what that is. */
@Command(
    name = "apply",
    description = "Delete now what the rule of a destination does not keep.",
    footer = {"", "  Exits with 3 when some archives could not be deleted."})
final class RetentionApplyCommand extends TacvaultCommand {
  /** What {@code --json} prints, unless it is a dry run. */
  record Applied(
      String executionId,
      String destination,
      List<String> deleted,
      List<String> kept,
      List<Failed> failures) {
    static Applied of(String destination, RetentionRun run) {
      RetentionReport report = run.report();
      return new Applied(
          run.executionId(),
          destination,
          paths(report.deleted()),
          paths(report.kept()),
          report.failures().stream().map(Failed::of).toList());
    }

    private static List<String> paths(List<StoredArchive> archives) {
      return archives.stream().map(StoredArchive::path).toList();
    }

    String text() {
      List<String> lines = new ArrayList<>();
      deleted.forEach(path -> lines.add("deleted " + path));
      failures.forEach(failure -> lines.add(failure.text()));
      lines.add(
          "%d deleted, %d kept, %d could not be deleted"
              .formatted(deleted.size(), kept.size(), failures.size()));
      return String.join("\n", lines);
    }
  }

  /** An archive that is still there. */
  record Failed(String path, String error, @Nullable String hint) {
    static Failed of(RetentionReport.Failure failure) {
      return new Failed(
          failure.archive().path(),
          failure.error().getMessage(),
          failure.error().hint().orElse(null));
    }

    String text() {
      return "not deleted " + path + ": " + error + (hint == null ? "" : "\n  hint: " + hint);
    }
  }

  @Parameters(paramLabel = "NAME", description = "Name or id of the destination.")
  private String name;

  @Option(
      names = "--dry-run",
      description = "Delete nothing; print for each archive what would happen and why.")
  private boolean dryRun;

  @Override
  ExitCode run(CommandContext context) {
    DestinationRecord row = context.engine().catalog().destinations().get(name);
    return dryRun ? preview(context, row) : apply(context, row);
  }

  private static ExitCode preview(CommandContext context, DestinationRecord row) {
    RetentionView view = RetentionView.of(context, row);
    context
        .console()
        .answer(
            view,
            () ->
                view.archives().isEmpty()
                    ? view.summary()
                    : view.table(context) + "\n" + view.summary());
    return ExitCode.OK;
  }

  private static ExitCode apply(CommandContext context, DestinationRecord row) {
    try (Destination destination = context.engine().destinations().open(row)) {
      RetentionRun run =
          context.engine().retention().apply(row, destination, context.triggeredBy());
      Applied applied = Applied.of(row.name(), run);
      context.console().answer(applied, applied::text);
      return run.report().succeeded() ? ExitCode.OK : ExitCode.WARNINGS;
    }
  }
}
