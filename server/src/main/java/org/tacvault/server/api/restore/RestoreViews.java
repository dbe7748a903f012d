package org.tacvault.server.api.restore;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.History;
import org.tacvault.engine.restore.Recovery;
import org.tacvault.engine.restore.RestorePlan;
import org.tacvault.engine.restore.RestorePlanJson;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.server.api.CommandView;
import tools.jackson.databind.JsonNode;

/** What requests on restores are answered with. */
public final class RestoreViews {
  private RestoreViews() {}

  /**
   * A restore that has been made. Up to {@code restartRequired} these are the Python server's
   * fields.
   *
   * @param emergencyBackup path of the safety copy of what was live before
   * @param changes the plan that was carried out, see {@link RestorePlanJson}
   * @param goesBackAt when it goes back unless it is kept; null when it stays
   * @param keptRevocations what was withdrawn since the backup and was left so
   * @param undoes the restore that it took back, if any
   */
  public record Restored(
      boolean success,
      String message,
      boolean restartRequired,
      String executionId,
      @Nullable String emergencyBackup,
      List<String> components,
      List<String> warnings,
      JsonNode changes,
      @Nullable Instant goesBackAt,
      JsonNode keptRevocations,
      List<CommandView> commands,
      @Nullable String undoes) {
    static Restored of(RestoreReport report, RestorePlan plan, @Nullable String undoes) {
      String what = undoes == null ? "Restore" : "Undo";
      return new Restored(
          true,
          what
              + " completed successfully."
              + (report.restartRequired() ? " A restart is required." : ""),
          report.restartRequired(),
          report.executionId(),
          report.emergencyBackup(),
          ids(report.components()),
          report.warnings(),
          RestorePlanJson.document(plan),
          report.goesBackAt(),
          RestorePlanJson.revocations(report.keptRevocations()),
          CommandView.of(report.commands()),
          undoes);
    }
  }

  /** A restore that goes on, to be followed by its execution. */
  public record Started(
      boolean success, String message, boolean restartRequired, String executionId) {
    static Started of(String executionId) {
      return new Started(
          true, "Restore started in background; server may restart.", true, executionId);
    }
  }

  /**
   * What a restore would change.
   *
   * @param history merge or replace
   * @param plan see {@link RestorePlanJson}
   */
  public record Preview(String archive, String history, JsonNode plan) {
    static Preview of(String archive, History history, RestorePlan plan) {
      return new Preview(archive, history.id(), RestorePlanJson.document(plan));
    }
  }

  /** A restore that waits to be kept; it goes back at {@code deadline}. */
  public record Held(String executionId, Instant since, Instant deadline, List<String> components) {
    static Held of(HeldRestore held) {
      return new Held(held.executionId(), held.since(), held.deadline(), ids(held.components()));
    }
  }

  /** The restore that waits, null when none does. */
  public record Waiting(@Nullable Held held) {}

  /** A restore that was kept. */
  public record Kept(boolean success, Held kept) {}

  /**
   * A restore that waited to be kept and was taken back.
   *
   * @param executionId of the going back, when it could be recorded
   */
  public record WentBack(
      boolean success,
      String message,
      @Nullable String executionId,
      List<String> components,
      String undoes) {
    static WentBack of(Recovery.Report report) {
      return new WentBack(
          true,
          "The restore was taken back" + report.remark() + ".",
          report.undoneBy().orElse(null),
          ids(report.components()),
          report.executionId());
    }
  }

  private static List<String> ids(List<Component> components) {
    return components.stream().map(Component::id).toList();
  }
}
