package org.tacvault.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Sizes;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.BackupEngine;
import picocli.CommandLine.Command;

/**
 * Says whether this server could be restored. With {@code --json}: {@code home, instance|null,
 * healthy, last_backup|null} and {@code running[]} (as {@link ExecutionsCommand} has them), {@code
 * destinations[]} ({@code name, type, enabled, last_backup_at|null, last_backup_status|null}),
 * {@code recovered[]} (what this start repaired), {@code held|null} (the restore that waits to be
 * confirmed: {@code execution_id, deadline, components[]}), {@code warnings[]}. Destinations are
 * not asked.
 */
@Command(
    name = "status",
    description = "Show in one glance whether this server is backed up; 3 when it is not.",
    footer = {"", "Example: tacvault status --quiet || mail -s 'backup trouble' ops@example.com"})
final class StatusCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Answer(
      String home,
      @Nullable String instance,
      boolean healthy,
      @Nullable ExecutionAnswer lastBackup,
      List<ExecutionAnswer> running,
      List<Place> destinations,
      List<String> recovered,
      @Nullable Held held,
      List<String> warnings) {}

  /** A destination and how its last backup went. */
  record Place(
      String name,
      String type,
      boolean enabled,
      @Nullable Instant lastBackupAt,
      @Nullable String lastBackupStatus) {}

  @Override
  ExitCode run(CommandContext context) {
    BackupEngine engine = context.quietEngine();
    Answer answer = new Health(engine).answer();
    context.console().answer(answer, () -> text(answer, context.clock().instant()));
    answer.warnings().forEach(context.console()::warn);
    return answer.healthy() ? ExitCode.OK : ExitCode.WARNINGS;
  }

  private static String text(Answer answer, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s (%s): %s"
            .formatted(
                Objects.requireNonNullElse(answer.instance(), "unknown server"),
                answer.home(),
                answer.healthy() ? "healthy" : "needs attention"));
    lines.add("  last good backup  " + last(answer.lastBackup(), now));
    answer
        .running()
        .forEach(
            run ->
                lines.add(
                    "  running           %s, started %s"
                        .formatted(run.kind(), Times.relative(run.startedAt(), now))));
    answer.destinations().forEach(place -> lines.add("  destination       " + place(place, now)));
    return String.join("\n", lines);
  }

  private static String last(@Nullable ExecutionAnswer backup, Instant now) {
    if (backup == null) {
      return "none";
    }
    Long packed = backup.packedBytes();
    return "%s, %s, %s"
        .formatted(
            Times.relative(backup.startedAt(), now),
            packed == null ? "size unknown" : Sizes.human(packed),
            backup.path());
  }

  private static String place(Place place, Instant now) {
    Instant at = place.lastBackupAt();
    String last =
        at == null
            ? "no backup yet"
            : "last backup %s, %s".formatted(Times.relative(at, now), place.lastBackupStatus());
    return "%s (%s%s): %s"
        .formatted(place.name(), place.type(), place.enabled() ? "" : ", disabled", last);
  }
}
