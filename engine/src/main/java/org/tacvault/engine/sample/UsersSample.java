package org.tacvault.engine.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code local_auth.db}: users, a few of them disabled, and their groups. */
final class UsersSample {
  private UsersSample() {}

  static void write(Path file, List<Person> people, Dice dice, Instant now)
      throws IOException, SQLException {
    try (SampleDatabase database = SampleDatabase.create(file, "users.sql")) {
      groups(database, Times.isoSeconds(now.minus(Duration.ofDays(700))));
      users(database, people, dice, now);
      database.finish(SampleDatabase.Journal.WAL);
    }
  }

  private static void groups(SampleDatabase database, String created) throws SQLException {
    String columns = "name, description, metadata, ldap_group, created_at, updated_at";
    try (Rows rows = database.rows("local_user_groups", columns)) {
      group(rows, "netadmins", "Network administrators", 15, created);
      group(rows, "helpdesk", "First level support", 1, created);
      group(rows, "audit", "Read-only auditors", 1, created);
      group(rows, "robots", "Service accounts", 15, created);
      for (Site site : Site.values()) {
        group(rows, site.operationsGroup(), "Operations " + site.city(), 7, created);
      }
    }
  }

  private static void group(
      Rows rows, String name, String description, int privilege, String created)
      throws SQLException {
    rows.add(
        name,
        description,
        "{\"privilege_level\": " + privilege + "}",
        name.equals("robots") ? null : "CN=" + name + ",OU=Groups,DC=sample,DC=example",
        created,
        created);
  }

  private static void users(SampleDatabase database, List<Person> people, Dice dice, Instant now)
      throws SQLException {
    String columns =
        "username, password_hash, privilege_level, service, groups, enabled, description,"
            + " created_at, updated_at";
    try (Rows rows = database.rows("local_users", columns)) {
      for (Person person : people) {
        String created =
            Times.isoSeconds(now.minus(Duration.ofMinutes(dice.between(1_000, 900_000))));
        boolean enabled = person.robot() || !dice.chance(0.06);
        rows.add(
            person.username(),
            dice.bcryptHash(),
            person.privilege(),
            "exec",
            person.groupsJson(),
            enabled ? 1 : 0,
            person.description(),
            created,
            created);
      }
    }
  }
}
