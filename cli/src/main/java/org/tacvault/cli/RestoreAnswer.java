package org.tacvault.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.GoesBack;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.History;
import org.tacvault.engine.restore.RestorePlan;
import org.tacvault.engine.restore.RestorePlanJson;
import org.tacvault.engine.restore.RestoreReport;

/**
 * What a restore is answered with.
 *
 * @param history what becomes of rows that came since the backup
 * @param plan JSON
 * @param undoes the restore that this one takes back, if any
 * @param result null when nothing was restored
 * @param error why not, unless it was a dry run
 */
record RestoreAnswer(
    String archive,
    String history,
    Object plan,
    @Nullable Undone undoes,
    @Nullable Result result,
    Failures.@Nullable Body error) {
  private static final Set<String> BRINGING_UP = Set.of("start", "reload");

  /**
   * What was done.
   *
   * @param keptRevocations JSON: {@code total} and {@code items[]} of {@code kind, name, what}
   */
  record Result(
      String executionId,
      List<String> components,
      @Nullable String emergencyBackup,
      boolean restartRequired,
      List<String> warnings,
      @Nullable Instant goesBackAt,
      Object keptRevocations,
      List<CommandAnswer> commands) {
    static Result of(RestoreReport report) {
      return new Result(
          report.executionId(),
          report.components().stream().map(Component::id).toList(),
          report.emergencyBackup(),
          report.restartRequired(),
          report.warnings(),
          report.goesBackAt(),
          RestorePlanJson.revocations(report.keptRevocations()),
          CommandAnswer.of(report.commands()));
    }
  }

  static RestoreAnswer of(String archive, History history, RestorePlan plan) {
    return new RestoreAnswer(
        archive, history.id(), RestorePlanJson.document(plan), null, null, null);
  }

  RestoreAnswer with(@Nullable Undone undone) {
    return new RestoreAnswer(archive, history, plan, undone, result, error);
  }

  RestoreAnswer with(Failures.Body refusal) {
    return new RestoreAnswer(archive, history, plan, undoes, null, refusal);
  }

  RestoreAnswer with(RestoreReport report) {
    return new RestoreAnswer(archive, history, plan, undoes, Result.of(report), null);
  }

  List<String> warnings() {
    return result == null ? List.of() : result.warnings();
  }

  String text() {
    if (result == null) {
      return "Nothing was restored";
    }
    List<String> lines = new ArrayList<>();
    lines.add("Restored " + String.join(", ", result.components()));
    lines.add("  from       " + archive);
    lines.add(
        result.emergencyBackup() == null
            ? "  as before  no emergency backup was made"
            : "  as before  " + result.emergencyBackup());
    lines.add("  execution  " + result.executionId());
    result
        .commands()
        .forEach(command -> lines.add("  %-9s  %s".formatted(command.name(), command.text())));
    lines.add(server(result));
    Instant goesBackAt = result.goesBackAt();
    if (goesBackAt != null) {
      lines.add(GoesBack.text(goesBackAt));
    }
    return String.join("\n", lines);
  }

  private static String server(Result result) {
    if (result.restartRequired()) {
      return "Restart the TACACS+ server: it does not see all of this while it runs";
    }
    return result.commands().stream().anyMatch(command -> BRINGING_UP.contains(command.name()))
        ? "The TACACS+ server was brought up with this"
        : "The TACACS+ server sees this at once; restart it all the same where it caches";
  }
}
