package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class ReadableDatabaseTest {
  private static final RowQuery PEOPLE =
      new RowQuery("people", List.of("name"), List.of(RowQuery.Field.of("age")), null);

  @TempDir Path root;

  @Test
  void tellsOfEveryRowOfEitherSideOnceAndInOrder() throws SQLException {
    Path left = people("left.db", "('a',1),('b',2),('c',3),('é',9)");
    Path right = people("right.db", "('B',7),('b',2),('c',null),('d',4)");
    assertThat(compare(left, right, PEOPLE))
        .containsExactly("- > B=7", "a=1 > -", "b=2 > b=2", "c=3 > c=null", "- > d=4", "é=9 > -");
  }

  @Test
  void treatsAMissingTableAsEmpty() throws SQLException {
    Path left = database("left.db", "CREATE TABLE other(x)");
    Path right = people("right.db", "('a',1)");
    assertThat(compare(left, right, PEOPLE)).containsExactly("- > a=1");
    assertThat(compare(right, left, PEOPLE)).containsExactly("a=1 > -");
  }

  @Test
  void readsOnlyFlaggedRowsAndNamesOfReferences() throws SQLException {
    Path file =
        database(
            "flags.db",
            "CREATE TABLE teams(id INTEGER PRIMARY KEY, name TEXT)",
            "INSERT INTO teams VALUES(7,'red')",
            "CREATE TABLE people(name TEXT, team INTEGER, active INTEGER)",
            "INSERT INTO people VALUES('a',7,1),('b',7,0),('c',8,1)");
    RowQuery query =
        new RowQuery(
            "people",
            List.of("name"),
            List.of(new RowQuery.Field("team", "team", "teams")),
            "active");
    assertThat(compare(file, file, query)).containsExactly("a=red > a=red", "c=null > c=null");
  }

  @Test
  void refusesNamesThatAreNotUniqueOrNoText() throws SQLException {
    Path twice = people("twice.db", "('a',1),('a',2)");
    Path number = database("number.db", "CREATE TABLE people(name, age)", insert("(1,1)"));
    Path nothing = people("nothing.db", "(null,1)");
    for (Path file : List.of(twice, number, nothing)) {
      assertThatThrownBy(() -> compare(file, file, PEOPLE))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining(file.getFileName().toString())
          .extracting(failure -> ((EngineException) failure).kind())
          .isEqualTo(ErrorKind.VERIFICATION_FAILED);
    }
  }

  @Test
  void refusesToCompareTextsOfAnotherEncoding() throws SQLException {
    Path wide =
        database(
            "wide.db",
            "PRAGMA encoding='UTF-16le'",
            "CREATE TABLE people(name TEXT, age INTEGER)",
            insert("('a',1)"));
    assertThatThrownBy(() -> compare(wide, wide, PEOPLE)).hasMessageContaining("UTF-16le");
  }

  @Test
  void findsTablesColumnsAndWhatElseHasAName() throws SQLException {
    Path file =
        database(
            "schema.db",
            "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, \"it's\" TEXT)",
            "INSERT INTO t(id) VALUES(5)",
            "CREATE INDEX i ON t(id)",
            "CREATE VIEW v AS SELECT 1 AS one");
    try (ReadableDatabase database = ReadableDatabase.openCopy(file)) {
      assertThat(database.tables()).containsOnlyKeys("t").containsEntry("t", 1L);
      assertThat(database.columns("t")).containsExactlyInAnyOrder("id", "it's");
      assertThat(database.columns("v")).isEmpty();
      assertThat(database.columns("nobody's")).isEmpty();
      assertThat(database.schema())
          .extracting(item -> item.kind().id() + " " + item.name())
          .containsExactly("table t", "column t.id", "column t.it's", "index i", "view v");
    }
  }

  @Test
  void readsTimesAsNumbersAndTexts() throws SQLException {
    Path file =
        database(
            "times.db",
            "CREATE TABLE t(timestamp)",
            "INSERT INTO t VALUES(1795402800),('2026-11-23 03:00:01'),"
                + "('2026-11-23T04:00:02.250+01:00'),('never'),(null)");
    Path copy = database("copy.db", "CREATE TABLE t(timestamp)");
    try (ReadableDatabase live = ReadableDatabase.openLive(file, root)) {
      assertThat(live.differences(copy, root, (table, refusal) -> {}))
          .containsExactly(
              new HistoryDifference(
                  "t", 0, 0, 5, Instant.parse("2026-11-23T03:00:02.250Z"), false));
    }
  }

  @Test
  void staysAtTheMomentWhenALiveWalDatabaseWasOpened() throws SQLException {
    Path live = database("live.db", "PRAGMA journal_mode=WAL", "CREATE TABLE t(x)");
    try (ReadableDatabase database = ReadableDatabase.openLive(live, root.resolve("scratch"));
        Connection writer = DriverManager.getConnection("jdbc:sqlite:" + live);
        Statement statement = writer.createStatement()) {
      statement.execute("INSERT INTO t VALUES(1)");
      assertThat(database.tables()).containsEntry("t", 0L);
    }
    assertThat(Databases.count(live, "t")).isEqualTo(1);
  }

  @Test
  void saysWhatIsWrongWithAFileThatIsNoDatabase() throws Exception {
    Path file = Files.writeString(root.resolve("text.db"), "text".repeat(100));
    assertThatThrownBy(() -> ReadableDatabase.openLive(file, root.resolve("scratch")))
        .hasMessageContaining("not a SQLite database");
    assertThatThrownBy(() -> ReadableDatabase.openLive(root, root.resolve("scratch")))
        .isInstanceOf(EngineException.class);
  }

  private List<String> compare(Path left, Path right, RowQuery query) {
    List<String> rows = new ArrayList<>();
    try (ReadableDatabase before = ReadableDatabase.openCopy(left);
        ReadableDatabase after = ReadableDatabase.openCopy(right)) {
      ReadableDatabase.compare(
          before, after, query, (one, two) -> rows.add(text(one) + " > " + text(two)));
    }
    return rows;
  }

  private static String text(@Nullable Row row) {
    return row == null ? "-" : row.key().get(0) + "=" + row.values().get(0);
  }

  private Path people(String name, String values) throws SQLException {
    return database(name, "CREATE TABLE people(name TEXT, age INTEGER)", insert(values));
  }

  private static String insert(String values) {
    return "INSERT INTO people VALUES" + values;
  }

  private Path database(String name, String... statements) throws SQLException {
    Path file = root.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return file;
  }
}
