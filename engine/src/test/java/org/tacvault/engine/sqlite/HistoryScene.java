package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.source.Members;

/** The histories of a sample home, and copies of them as a backup of that moment holds them. */
public record HistoryScene(Path live, Path copies) {
  /** Sorted rows of the log without numbers and marks: what must be equal however it came. */
  public static final String LOGS =
      "SELECT quote(timestamp)||quote(username)||quote(session_id)||quote(status)||quote(command)"
          + "||quote(client_ip)||quote(task_id)||quote(attributes) FROM accounting_logs ORDER BY 1";

  static HistoryScene create(Path root) throws IOException {
    return create(root, SampleSize.SMALL);
  }

  static HistoryScene create(Path root, SampleSize size) throws IOException {
    Path home =
        SampleHome.create(root.resolve("live"), size, 1, Instant.parse("2026-11-23T03:00:00Z"))
            .root();
    HistoryScene scene =
        new HistoryScene(home.resolve("data"), Files.createDirectory(root.resolve("copies")));
    for (String member : List.of(Members.ACCOUNTING, Members.METRICS, Members.AUDIT)) {
      Files.copy(scene.live.resolve(member), scene.copies.resolve(member));
    }
    return scene;
  }

  Path live(String member) {
    return live.resolve(member);
  }

  Path copy(String member) {
    return copies.resolve(member);
  }

  public static void change(Path database, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Changes a copy, which has no log beside it afterwards. */
  void changeCopy(String member, String... statements) throws SQLException {
    change(copy(member), "PRAGMA journal_mode=DELETE");
    change(copy(member), statements);
  }

  /** Merges, and proves that the last moment came once. */
  void merge(String member) {
    AtomicInteger moments = new AtomicInteger();
    HistoryMerge.apply(
        copy(member), live(member), moments::incrementAndGet, merged -> {}, CopyProgress.NONE);
    if (moments.get() != 1) {
      throw new IllegalStateException(moments + " last moments");
    }
  }

  List<HistoryDifference> differences(String member) throws SQLException {
    return HistoryMerge.compare(live(member), copy(member), copies, (table, refusal) -> {});
  }

  public static List<String> texts(Path database, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      return SqliteQueries.texts(connection, query);
    }
  }

  public static long number(Path database, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      return SqliteQueries.number(connection, query);
    }
  }

  /** Days, users and indexes agree with the log. */
  public static void assertConsistent(Path accounting) throws SQLException {
    assertDays(accounting);
    assertThat(
            texts(
                accounting,
                "SELECT stat_date||' '||username||' '||first_seen_ts FROM mv_daily_unique_users"
                    + " ORDER BY 1"))
        .isEqualTo(
            texts(
                accounting,
                "SELECT date(timestamp)||' '||username||' '||min(timestamp) FROM accounting_logs"
                    + " GROUP BY date(timestamp),username ORDER BY 1"));
    assertThat(texts(accounting, "PRAGMA integrity_check")).containsExactly("ok");
  }

  /** Days agree with the log. */
  static void assertDays(Path accounting) throws SQLException {
    assertThat(
            texts(
                accounting, "SELECT stat_date||' '||total_records FROM mv_daily_totals ORDER BY 1"))
        .isEqualTo(
            texts(
                accounting,
                "SELECT date(timestamp)||' '||count(*) FROM accounting_logs GROUP BY"
                    + " date(timestamp) ORDER BY 1"));
  }
}
