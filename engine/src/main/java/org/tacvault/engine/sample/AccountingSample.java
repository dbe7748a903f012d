package org.tacvault.engine.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * {@code tacacs_accounting.db}: sessions of people and programs with the commands they typed, in
 * the order of time. Indexes and triggers come after the rows, their totals in one statement each.
 */
final class AccountingSample {
  private static final Duration RECENT = Duration.ofDays(30);
  private static final int OLD_STYLE_ROWS = 100;
  private static final int ACTIVE_SESSIONS = 40;

  private final List<Person> people;
  private final List<Person> robots;
  private final Dice dice;
  private final Instant now;

  AccountingSample(List<Person> people, Dice dice, Instant now) {
    this.people = people;
    robots = people.stream().filter(Person::robot).toList();
    this.dice = dice;
    this.now = now;
  }

  void write(Path file, int count) throws IOException, SQLException {
    try (SampleDatabase database = SampleDatabase.create(file, "accounting-tables.sql")) {
      logs(database, count);
      oldStyle(database, Math.min(count, OLD_STYLE_ROWS));
      activeSessions(database, Math.min(count, ACTIVE_SESSIONS));
      database.script("accounting-totals.sql");
      database.script("accounting-indexes.sql");
      database.finish(SampleDatabase.Journal.WAL);
    }
  }

  private void logs(SampleDatabase database, int count) throws SQLException {
    String columns =
        "timestamp, username, session_id, status, service, command, client_ip, port, start_time,"
            + " stop_time, bytes_in, bytes_out, elapsed_time, privilege_level, task_id, timezone,"
            + " is_recent";
    BusyHours hours = new BusyHours(count, now, dice);
    Instant recent = now.minus(RECENT);
    int written = 0;
    try (Rows rows = database.rows("accounting_logs", columns)) {
      while (written < count) {
        Person person = dice.pick(dice.chance(0.6) ? robots : people);
        Session session = new Session(person, dice);
        int length = Math.min(session.length(), count - written);
        for (int step = 0; step < length; step++) {
          Instant time = hours.next();
          rows.add(session.row(step, time, !time.isBefore(recent)));
        }
        written += length;
      }
    }
  }

  private void oldStyle(SampleDatabase database, int count) throws SQLException {
    String columns =
        "session_id, username, acct_type, start_time, bytes_in, bytes_out, attributes, created_at";
    try (Rows rows = database.rows("accounting", columns)) {
      for (int number = 0; number < count; number++) {
        Instant time = now.minus(Duration.ofMinutes(60L * (count - number)));
        rows.add(
            sessionId(dice),
            dice.pick(people).username(),
            dice.chance(0.2) ? "start" : "stop",
            time.getEpochSecond(),
            0,
            0,
            "{\"service\": \"shell\", \"task_id\": \"" + dice.between(1, 9_999) + "\"}",
            Times.sql(time));
      }
    }
  }

  private void activeSessions(SampleDatabase database, int count) throws SQLException {
    String columns =
        "session_id, username, client_ip, start_time, last_update, service, port, privilege_level";
    try (Rows rows = database.rows("active_sessions", columns)) {
      for (int number = 0; number < count; number++) {
        Person person = dice.pick(people);
        String time = Times.isoMicros(now.minusSeconds(dice.between(1, 40_000)));
        rows.add(
            sessionId(dice) + number,
            person.username(),
            person.address(),
            time,
            time,
            "shell",
            "tty" + dice.between(1, 15),
            person.privilege());
      }
    }
  }

  /** A 32-bit number, as TACACS+ has it; its low bits are left free for a counter. */
  static long sessionId(Dice dice) {
    return (dice.below(Integer.MAX_VALUE) & 0x7fff_ff00L) << 1;
  }
}
