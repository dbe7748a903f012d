package org.tacvault.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.ProgressBar;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.History;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestorePlan;
import org.tacvault.engine.restore.RestorePlanText;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.restore.UndoTarget;
import org.tacvault.engine.verify.ArchiveRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Restores a backup, all or nothing, after saving what is live. With {@code --json}: {@code
 * archive}, {@code history} ({@code merge} or {@code replace}), {@code plan} (see {@code
 * RestorePlanJson}), {@code undoes} (with {@code --undo}: {@code execution_id, started_at,
 * components[], archive|null, not_undoable[]}), and {@code result} of {@code execution_id,
 * components[], emergency_backup|null, restart_required, warnings[], goes_back_at|null,
 * kept_revocations: {total, items[]: {kind, name, what}}, commands[]}, null when nothing was
 * restored; without {@code --confirm} also {@code error}, as for every failure. {@code --keep}
 * answers {@code kept}, {@code --undo} of a restore that waits to be confirmed {@code went_back}:
 * {@code execution_id, components[], dry_run, losses[]}.
 */
@Command(
    name = "restore",
    description = "Restore a backup, or parts of it, all or nothing.",
    footer = {"", "Example: tacvault restore --latest --components users,devices --dry-run"})
final class RestoreCommand extends TacvaultCommand {
  @Mixin private ArchiveChoice choice = new ArchiveChoice();

  @Mixin private WayBack way = new WayBack();

  @Option(
      names = "--components",
      paramLabel = "NAME",
      split = ",",
      description = "config, devices, users, accounting, metrics, audit (default: all).")
  private List<String> components = new ArrayList<>();

  @Option(
      names = "--history",
      paramLabel = "WAY",
      description =
          "Rows of accounting, metrics and audit that came since the backup: replace (default)"
              + " gives them up for the backup as it is, merge keeps them and brings back what is"
              + " missing.")
  private @Nullable String history;

  @Option(
      names = "--keep-revocations",
      description =
          "Do not bring back what was withdrawn from users and devices since the backup: deleted"
              + " and disabled accounts, reduced privileges, old passwords and device secrets.")
  private boolean keepRevocations;

  @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--force",
      description =
          "Restore even when what is live cannot be saved or compared before, and to paths outside"
              + " the home that the archive names.")
  private boolean force;

  @Option(names = "--confirm", description = "Restore without asking.")
  private boolean confirm;

  @Override
  ExitCode run(CommandContext context) {
    way.check(this, choice, dryRun || confirm || force || keepRevocations || !components.isEmpty());
    if (way.isKeep()) {
      return RestoreKeep.run(context);
    }
    if (dryRun && confirm) {
      throw wrongArguments("--dry-run and --confirm exclude each other");
    }
    Set<Component> selected = components.isEmpty() ? Set.of() : Component.parse(components);
    BackupEngine engine = way.isUndo() ? context.quietEngine() : context.engineForRestore();
    if (way.isUndo() && engine.startup().held().isPresent()) {
      boolean isMeant = !dryRun && isConfirmed(context, engine);
      return new HeldUndo(engine.startup().held().get(), dryRun, isMeant).run(context);
    }
    Optional<UndoTarget> undo =
        way.isUndo() ? Optional.of(engine.restores().undoTarget()) : Optional.empty();
    undo.ifPresent(target -> context.console().show(Undone.of(target).text()));
    try (ChosenArchive chosen =
            undo.map(ChosenArchive::of).orElseGet(() -> choice.choose(context));
        RestoreGuard guard = new RestoreGuard(context, way.confirmWithin().isPresent())) {
      return guard.after(restore(context, engine, chosen.ref(), selected, undo, guard));
    }
  }

  private ExitCode restore(
      CommandContext context,
      BackupEngine engine,
      ArchiveRef archive,
      Set<Component> selected,
      Optional<UndoTarget> undo,
      RestoreGuard guard) {
    try (ProgressBar bar = context.console().progress(context.clock());
        PreparedRestore prepared =
            engine.restores().prepare(request(context, archive, selected, undo, bar))) {
      RestorePlan plan = prepared.plan();
      bar.close();
      context.console().show(RestorePlanText.of(plan));
      RestoreAnswer planned =
          RestoreAnswer.of(archive.label(), history(selected), plan)
              .with(undo.map(Undone::of).orElse(null));
      if (dryRun) {
        context.console().answer(planned, () -> "Dry run: nothing was changed");
        return ExitCode.OK;
      }
      if (!isConfirmed(context, engine)) {
        return refuse(context.console(), planned);
      }
      guard.start();
      RestoreReport report = prepared.apply();
      bar.close();
      return answer(context.console(), planned.with(report), report);
    }
  }

  private RestoreRequest request(
      CommandContext context,
      ArchiveRef archive,
      Set<Component> selected,
      Optional<UndoTarget> undo,
      ProgressBar bar) {
    Keys keys = new KeySource(context).keysFor(archive);
    RestoreOptions options = options(context).withHistory(history(selected));
    String by = context.triggeredBy();
    RestoreListener progress = Progress.ofRestore(bar);
    return undo.map(target -> target.request(selected, keys, options, by, progress))
        .orElseGet(() -> new RestoreRequest(archive, selected, keys, options, by, progress));
  }

  private History history(Set<Component> selected) {
    String named = history;
    if (named == null) {
      return History.REPLACE;
    }
    History way = History.parse(named);
    if (!way.concerns(selected)) {
      throw wrongArguments(
          "--history merge is for accounting, metrics and audit, and none of them is selected");
    }
    return way;
  }

  private RestoreOptions options(CommandContext context) {
    // What nobody can confirm claims and records nothing.
    boolean planOnly = dryRun || !confirm && !canAsk(context);
    return RestoreOptions.PLAIN
        .withDryRun(planOnly)
        .withForce(force)
        .withKeepRevocations(keepRevocations)
        .withConfirmWithin(way.confirmWithin());
  }

  private boolean isConfirmed(CommandContext context, BackupEngine engine) {
    return confirm
        || canAsk(context)
            && context.prompts().confirm("Restore this to " + engine.home().root() + "?");
  }

  private static boolean canAsk(CommandContext context) {
    return context.prompts().canAsk() && !context.console().isJson();
  }

  private static ExitCode refuse(Console console, RestoreAnswer planned) {
    EngineException refusal =
        new EngineException(ErrorKind.REFUSED, "restore", planned.archive(), "it was not confirmed")
            .withHint("nothing was changed; repeat with --confirm to restore this");
    if (!console.isJson()) {
      throw refusal;
    }
    // The plan and the failure are one document.
    console.answer(planned.with(Failures.body(refusal)), String::new);
    return ExitCode.of(refusal.kind());
  }

  private static ExitCode answer(Console console, RestoreAnswer done, RestoreReport report) {
    console.answer(done, () -> done.text() + KeptLines.of(report.keptRevocations()));
    done.warnings().forEach(console::warn);
    return done.warnings().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
  }
}
