package org.tacvault.engine.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code audit_trail.db}: what administrators did in the last ninety days. */
final class AuditSample {
  private static final long SPAN_SECONDS = Duration.ofDays(90).toSeconds();
  private static final List<Action> ACTIONS =
      List.of(
          new Action("admin_login", "session", "{}"),
          new Action("admin_logout", "session", "{}"),
          new Action("create_device", "device", "{\"group\": \"ams-access-switches\"}"),
          new Action("update_device", "device", "{\"changes\": [\"group_id\"]}"),
          new Action("delete_device", "device", "{\"reason\": \"decommissioned\"}"),
          new Action("create_user", "user", "{\"privilege_level\": 7}"),
          new Action("disable_user", "user", "{\"reason\": \"left the company\"}"),
          new Action("reset_password", "user", "{\"reason\": \"forgotten\"}"),
          new Action("update_config", "security", "{\"changes\": [\"rate_limit_requests\"]}"),
          new Action("trigger_backup", "backup", "{\"destination\": \"local-default\"}"));

  private record Action(String name, String resource, String details) {}

  private AuditSample() {}

  static void write(Path file, int count, List<Person> people, Dice dice, Instant now)
      throws IOException, SQLException {
    try (SampleDatabase database = SampleDatabase.create(file, "audit.sql")) {
      rows(database, count, people, dice, now.getEpochSecond() - SPAN_SECONDS);
      database.finish(SampleDatabase.Journal.DELETE);
    }
  }

  private static void rows(
      SampleDatabase database, int count, List<Person> people, Dice dice, long start)
      throws SQLException {
    String columns =
        "timestamp, user_id, action, resource_type, resource_id, details, client_ip, success,"
            + " error_message";
    try (Rows rows = database.rows("audit_log", columns)) {
      for (int number = 0; number < count; number++) {
        Person actor = dice.pick(people);
        Action action = dice.pick(ACTIONS);
        boolean session = action.resource().equals("session");
        boolean success = !dice.chance(0.02);
        rows.add(
            start + (long) ((number + dice.fraction()) * SPAN_SECONDS / count),
            actor.username(),
            action.name(),
            action.resource(),
            session ? null : String.valueOf(dice.between(1, 140)),
            session ? null : action.details(),
            actor.address(),
            success ? 1 : 0,
            success ? null : "Permission denied");
      }
    }
  }
}
