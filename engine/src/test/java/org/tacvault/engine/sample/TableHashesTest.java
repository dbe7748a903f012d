package org.tacvault.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;

class TableHashesTest {
  private static final String ROWS =
      "INSERT INTO t VALUES (1, 'one', NULL), (2, 2, x'00'), (3, 0.5, '')";

  @TempDir Path temp;
  private Path first;
  private Path second;

  @BeforeEach
  void createTwoEqualDatabases() throws SQLException {
    first = create("first #1?.db");
    second = create("second.db");
  }

  @Test
  void equalContentHasEqualHashes() {
    assertThat(TableHashes.of(first))
        .isEqualTo(TableHashes.of(second))
        .containsOnlyKeys("quo\"te's", "sqlite_schema", "t");
  }

  @Test
  void orderOfInsertionAndPagesDoNotMatter() throws SQLException {
    Sql.run(second, "DELETE FROM t");
    Sql.run(second, "INSERT INTO t VALUES (3, 0.5, '')");
    Sql.run(second, "INSERT INTO t VALUES (1, 'one', NULL), (2, 2, x'00'); PRAGMA page_size=8192;");
    Sql.run(second, "VACUUM");
    assertThat(TableHashes.of(second)).isEqualTo(TableHashes.of(first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET a = '2' WHERE id = 2",
        "UPDATE t SET a = 2.0 WHERE id = 2",
        "UPDATE t SET b = '' WHERE id = 1",
        "UPDATE t SET b = NULL WHERE id = 3",
        "UPDATE t SET b = x'' WHERE id = 3",
        "UPDATE t SET b = x'0000' WHERE id = 2",
        "UPDATE t SET id = 4 WHERE id = 3",
        "DELETE FROM t WHERE id = 3"
      })
  void everyChangeOfARowShows(String change) throws SQLException {
    Sql.run(second, change);
    assertThat(TableHashes.of(second).get("t")).isNotEqualTo(TableHashes.of(first).get("t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP INDEX i",
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t WHERE id = 0; END"
      })
  void aChangeOfTheSchemaShows(String change) throws SQLException {
    Sql.run(second, change);
    assertThat(TableHashes.of(second))
        .doesNotContainEntry(TableHashes.SCHEMA, TableHashes.of(first).get(TableHashes.SCHEMA));
  }

  @Test
  void aDatabaseThatIsNoneIsAnError() {
    assertThatThrownBy(() -> TableHashes.of(temp.resolve("missing.db")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("missing.db");
    assertThat(temp.resolve("missing.db")).doesNotExist();
  }

  private Path create(String name) throws SQLException {
    Path file = temp.resolve(name);
    // Spelled as a path, not a URI: SQLite takes '#' and '?' in it as they are.
    Sql.run(file, "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b); CREATE INDEX i ON t(a);");
    Sql.run(file, "CREATE TABLE \"quo\"\"te's\"(\"na\"\"me\" TEXT)");
    Sql.run(file, ROWS);
    return file;
  }
}
