package org.tacvault.engine.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;

/** {@code metrics_history.db}: counters that only grow, one row every five minutes. */
final class MetricsSample {
  private static final int STEP_SECONDS = 300;

  private MetricsSample() {}

  static void write(Path file, int count, Dice dice, Instant now) throws IOException, SQLException {
    try (SampleDatabase database = SampleDatabase.create(file, "metrics.sql")) {
      rows(database, count, dice, now.getEpochSecond() - (long) count * STEP_SECONDS);
      database.finish(SampleDatabase.Journal.DELETE);
    }
  }

  private static void rows(SampleDatabase database, int count, Dice dice, long start)
      throws SQLException {
    String columns =
        "timestamp, auth_requests, auth_success, auth_failures, author_requests, author_success,"
            + " author_failures, acct_requests, acct_success, acct_failures, connections_active,"
            + " connections_total, memory_usage_mb, cpu_percent";
    long logins = 0;
    long refusedLogins = 0;
    long commands = 0;
    long refusedCommands = 0;
    try (Rows rows = database.rows("metrics_snapshots", columns)) {
      for (int number = 1; number <= count; number++) {
        logins += dice.between(5, 60);
        refusedLogins += dice.chance(0.4) ? 1 : 0;
        commands += dice.between(30, 240);
        refusedCommands += dice.below(4);
        rows.add(
            start + (long) number * STEP_SECONDS,
            logins + refusedLogins,
            logins,
            refusedLogins,
            commands + refusedCommands,
            commands,
            refusedCommands,
            logins + commands,
            logins + commands,
            0,
            dice.between(1, 9),
            logins + commands,
            340 + dice.below(4_096) / 64.0,
            dice.between(5, 95) / 10.0);
      }
    }
  }
}
