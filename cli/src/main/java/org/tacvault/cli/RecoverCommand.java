package org.tacvault.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.StartupNotes;
import org.tacvault.engine.StartupReport;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.Recovery;
import picocli.CommandLine.Command;

/**
 * Finishes or rolls back what a killed process left, as every start does, and says so. With {@code
 * --json}: {@code home, restore|null} ({@code execution_id, outcome:
 * rolled_back|committed|kept|went_back, components[], commands[], server_failure|null, losses[]}),
 * {@code held|null} ({@code execution_id, deadline, components[]}), {@code interrupted[]} (ids of
 * executions now marked as failed), {@code removed_work_directories}.
 */
@Command(
    name = "recover",
    description = "Finish or roll back what a killed process left behind, and say what was done.",
    footer = {"", "Example: tacvault recover --home /opt/tacacs"})
final class RecoverCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Answer(
      String home,
      @Nullable Restore restore,
      @Nullable Held held,
      List<String> interrupted,
      int removedWorkDirectories) {}

  /** A restore that had been killed. */
  record Restore(
      String executionId,
      String outcome,
      List<String> components,
      List<CommandAnswer> commands,
      @Nullable String serverFailure,
      List<String> losses) {
    static Restore of(Recovery.Report report) {
      return new Restore(
          report.executionId(),
          report.outcome().name().toLowerCase(Locale.ROOT),
          report.components().stream().map(Component::id).toList(),
          CommandAnswer.of(report.server().commands()),
          report.server().failure().orElse(null),
          report.losses());
    }
  }

  @Override
  ExitCode run(CommandContext context) {
    BackupEngine engine = context.quietEngine();
    StartupReport report = engine.startup();
    Answer answer =
        new Answer(
            engine.home().root().toString(),
            report.recovered().map(Restore::of).orElse(null),
            report.held().map(Held::of).orElse(null),
            report.interrupted().stream().map(Execution::id).toList(),
            report.removedWorkDirectories());
    context.console().answer(answer, () -> text(engine, report));
    List<String> warnings = StartupNotes.warnings(report);
    warnings.forEach(context.console()::warn);
    return warnings.isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
  }

  private static String text(BackupEngine engine, StartupReport report) {
    return report.isClean()
        ? "Nothing to recover in " + engine.home().root()
        : String.join("\n", StartupNotes.of(report));
  }
}
