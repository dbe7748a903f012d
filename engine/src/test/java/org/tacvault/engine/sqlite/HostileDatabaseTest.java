package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** What a schema may not make SQLite do, whoever opens the database. */
class HostileDatabaseTest {
  /** The same as {@code x+1}, by a search that takes some ten milliseconds. */
  private static final String COSTLY =
      "x+1+instr(hex(zeroblob(40000+x%2)),hex(zeroblob(20000))||'x')";

  @TempDir Path root;

  @Test
  void everyConnectionIsRestrained() throws SQLException {
    Path file = database("plain.db", "CREATE TABLE t(x)");
    try (Connection copy = Sqlite.openStatic(file);
        Connection live = Sqlite.openLive(file);
        Connection replacing = Sqlite.openForReplacement(file);
        Connection nothing = Sqlite.openNothing()) {
      for (Connection connection : new Connection[] {copy, live, replacing, nothing}) {
        assertThat(SqliteQueries.number(connection, "PRAGMA trusted_schema")).isZero();
        assertThat(SqliteQueries.number(connection, "PRAGMA cell_size_check")).isOne();
        assertThatThrownBy(
                () -> SqliteQueries.text(connection, "SELECT load_extension('/no/such')"))
            .hasMessageContaining("not authorized");
      }
      for (Connection reading : new Connection[] {copy, live, nothing}) {
        assertThatThrownBy(() -> SqliteQueries.number(reading, "SELECT length(zeroblob(2000000))"))
            .hasMessageContaining("too big");
        assertThatThrownBy(() -> SqliteQueries.text(reading, "ATTACH ':memory:' AS m"))
            .hasMessageContaining("too many attached");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t(x, y AS (" + COSTLY + ") NOT NULL)",
        "CREATE TABLE t(x); CREATE INDEX i ON t(x) WHERE " + COSTLY + " >= 0",
        "CREATE TABLE t(x); CREATE INDEX i ON t(" + COSTLY + ", x)"
      })
  void schemaThatComputesWithoutEndIsGivenUp(String schema) throws SQLException {
    Path file = forged("bomb.db", schema, 400);
    long start = System.nanoTime();
    EngineException failure =
        catchThrowableOfType(
            EngineException.class,
            () -> DatabaseFacts.of(file, DatabaseFacts.Check.FULL, Duration.ofMillis(50)));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(failure.reason()).contains("compute without end");
    assertThat(failure.hint()).isPresent();
  }

  /** SQLite leaves them out of what it opens read-only. */
  @Test
  void checkConstraintsAreNotComputed() throws SQLException {
    Path file = forged("check.db", "CREATE TABLE t(x CHECK(" + COSTLY + " >= 0))", 400);
    assertThat(DatabaseFacts.of(file, DatabaseFacts.Check.FULL, Duration.ofMillis(50)).records())
        .isEqualTo(400);
  }

  @Test
  void checkOfACopyEndsWhenItsThreadIsInterrupted() throws SQLException {
    Path file = Databases.pairs(root.resolve("large.db"), "DELETE", 4096, 20_000);
    Thread.currentThread().interrupt();
    try {
      EngineException failure =
          catchThrowableOfType(
              EngineException.class, () -> DatabaseFacts.of(file, DatabaseFacts.Check.FULL));
      assertThat(failure.kind()).isEqualTo(ErrorKind.INTERRUPTED);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(DatabaseFacts.of(file, DatabaseFacts.Check.FULL).records()).isEqualTo(40_002);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE \"a b\"(x, y UNIQUE)",
        "CREATE TABLE 'it''s'(x)",
        "CREATE TABLE \"say \"\"so\"\"\"(x)",
        "CREATE TABLE [square](x)",
        "CREATE TABLE `back``tick`(x)",
        "create table if not exists main.Größe$1(x integer primary key autoincrement)",
        "CREATE TABLE t(x); CREATE UNIQUE INDEX IF NOT EXISTS \"i\" ON t(x)",
        "CREATE TABLE t(x); CREATE VIEW IF NOT EXISTS main.v AS SELECT * FROM t",
        "CREATE TABLE t(x); CREATE TRIGGER IF NOT EXISTS g AFTER INSERT ON t BEGIN SELECT 1; END",
        "CREATE TABLE t(x); ALTER TABLE t RENAME TO \"u v\"; ALTER TABLE \"u v\" RENAME x TO y",
        "CREATE TABLE/* why */t/* not */(x)",
        "CREATE TABLE t AS SELECT 1 AS x",
        "CREATE VIRTUAL TABLE f USING fts5(body); INSERT INTO f VALUES('text')",
        "CREATE VIRTUAL TABLE r USING rtree(id, low, high); INSERT INTO r VALUES(1,2,3)",
        "CREATE TABLE t(x PRIMARY KEY, y) WITHOUT ROWID; ANALYZE"
      })
  void schemaThatSqliteWroteIsGenuine(String schema) throws SQLException {
    Path file = database("genuine.db", schema);
    assertThat(DatabaseFacts.of(file, DatabaseFacts.Check.FULL).tables()).doesNotContainKey("f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE sqlite_master SET sql='CREATE VIEW t AS SELECT 1 AS x'",
        "UPDATE sqlite_master SET sql='CREATE VIEW t AS SELECT 1 AS x', rootpage=0",
        "UPDATE sqlite_master SET sql='CREATE VIRTUAL TABLE t USING fts5(x)'",
        "UPDATE sqlite_master SET sql='CREATE TABLE u(x)'",
        "UPDATE sqlite_master SET name='u'",
        "UPDATE sqlite_master SET type='view'",
        "INSERT INTO sqlite_master VALUES('view','z','z',0,'CREATE VIEW v AS SELECT 1')",
        "INSERT INTO sqlite_master VALUES('table','t','t',2,'CREATE TABLE t(x)')",
        "INSERT INTO sqlite_master VALUES('table','u','u',2,'CREATE TABLE u(x)')",
        "INSERT INTO sqlite_master VALUES('table','u','u',1,'CREATE TABLE u(x,y,z,r,s)')",
        "INSERT INTO sqlite_master VALUES('table','u','u',900000,'CREATE TABLE u(x)')",
        "INSERT INTO sqlite_master VALUES('table','sqlite_master','sqlite_master',2,"
            + "'CREATE TABLE sqlite_master(x)')",
        "INSERT INTO sqlite_master VALUES('table','sqlite_sequence','sqlite_sequence',0,"
            + "'CREATE VIEW sqlite_sequence AS SELECT 1 AS name, 2 AS seq')",
        "INSERT INTO sqlite_master VALUES('table','v','v',0,'CREATE VIEW v AS SELECT * FROM v')",
        "INSERT INTO sqlite_master VALUES('trigger','g','t',0,'DROP TABLE t')",
        "INSERT INTO sqlite_master VALUES('index','i','t',2,'')",
        "INSERT INTO sqlite_master VALUES('index',null,'t',2,null)",
        "UPDATE sqlite_master SET sql='CREATE TABLE t(x'",
        "UPDATE sqlite_master SET sql='nonsense'",
        "UPDATE sqlite_master SET sql=zeroblob(2000000)",
        "UPDATE sqlite_master SET name='t'||char(0)||'u'",
        "UPDATE sqlite_master SET sql='CREATE TABLE \"'||replace(hex(zeroblob(9000)),'0','\"')"
      })
  void forgedSchemaIsRefused(String forgery) throws SQLException {
    Path file = database("forged.db", "CREATE TABLE t(x)", "PRAGMA writable_schema=ON", forgery);
    EngineException failure =
        catchThrowableOfType(
            EngineException.class, () -> DatabaseFacts.of(file, DatabaseFacts.Check.FULL));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(failure.hint()).isPresent();
  }

  @Test
  void pageSizeIsChangedWithoutRunningTheSchema() throws SQLException {
    Path live = Databases.pairs(root.resolve("live.db"), "WAL", 8192, 3);
    Path staged =
        forged("staged.db", "CREATE TABLE t(x); CREATE INDEX i ON t(" + COSTLY + ")", 400);
    long start = System.nanoTime();
    HotReplacement.fit(staged, live);
    HotReplacement.apply(staged, live, () -> {}, CopyProgress.NONE);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(Databases.count(live, "t")).isEqualTo(400);
  }

  /** {@code rows} rows that were there before {@code schema} said how to compute from them. */
  private Path forged(String name, String schema, int rows) throws SQLException {
    String harmless = schema.replace(COSTLY, "x+1");
    return database(
        name,
        harmless,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<"
            + rows
            + ") INSERT INTO t(x) SELECT i FROM n",
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql=replace(sql,'x+1','" + COSTLY.replace("'", "''") + "')");
  }

  private Path database(String name, String... scripts) throws SQLException {
    Path file = root.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String script : scripts) {
        statement.executeUpdate(script);
      }
    }
    return file;
  }
}
