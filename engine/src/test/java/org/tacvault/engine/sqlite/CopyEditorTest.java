package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class CopyEditorTest {
  private static final RowQuery USERS =
      new RowQuery("users", List.of("name"), List.of(RowQuery.Field.exact("hash")), null);
  private static final String OLD = "OLD-HASH-0123456789";

  @TempDir Path root;
  private Path copy;

  @BeforeEach
  void createCopy() throws SQLException {
    copy = root.resolve("copy.db");
    run(
        "CREATE TABLE users(name TEXT UNIQUE, hash TEXT, level INTEGER)",
        "INSERT INTO users VALUES('o''hara \"; DROP TABLE users;--','" + OLD + "',15)",
        "INSERT INTO users VALUES('zoë\n','" + OLD + "',15)",
        "INSERT INTO users VALUES('ZOË\n','x',15)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void changesOneRowEachAndKeepsTheJournalMode(String journal) throws SQLException {
    run("PRAGMA journal_mode=" + journal);
    TreeMap<String, String> values = new TreeMap<>();
    values.put("hash", null);
    values.put("level", "integer:1");
    try (CopyEditor editor = CopyEditor.open(copy)) {
      editor.set(USERS, List.of("o'hara \"; DROP TABLE users;--"), values);
      editor.delete(USERS, List.of("zoë\n"));
      editor.commit();
    }
    assertThat(root.toFile().list()).containsExactly("copy.db");
    assertThat(query("PRAGMA journal_mode")).isEqualToIgnoringCase(journal);
    assertThat(query("SELECT count(*) FROM users")).isEqualTo("2");
    assertThat(query("SELECT level||typeof(level)||typeof(hash) FROM users WHERE name LIKE 'o%'"))
        .isEqualTo("1integernull");
  }

  @Test
  void leavesNoOldValueInFreePages() throws Exception {
    try (CopyEditor editor = CopyEditor.open(copy)) {
      editor.delete(USERS, List.of("zoë\n"));
      editor.delete(USERS, List.of("o'hara \"; DROP TABLE users;--"));
      editor.commit();
    }
    assertThat(new String(Files.readAllBytes(copy), StandardCharsets.ISO_8859_1))
        .doesNotContain(OLD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void isAsBeforeWithoutCommit(String journal) throws Exception {
    run("PRAGMA journal_mode=" + journal);
    byte[] before = Files.readAllBytes(copy);
    try (CopyEditor editor = CopyEditor.open(copy)) {
      editor.delete(USERS, List.of("zoë\n"));
    }
    assertThat(Files.readAllBytes(copy)).isEqualTo(before);
    try (CopyEditor editor = CopyEditor.open(copy)) {
      editor.commit();
    }
    assertThat(Files.readAllBytes(copy)).isEqualTo(before);
    assertThat(root.toFile().list()).containsExactly("copy.db");
  }

  @Test
  void runsNoTrigger() throws SQLException {
    run(
        "CREATE TRIGGER evil AFTER DELETE ON users BEGIN UPDATE users SET level=15,hash='evil'; END");
    try (CopyEditor editor = CopyEditor.open(copy)) {
      EngineException failure =
          catchThrowableOfType(EngineException.class, () -> editor.delete(USERS, List.of("zoë\n")));
      assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED);
      assertThat(failure.getMessage()).contains("users has triggers");
    }
    assertThat(query("SELECT count(*) FROM users WHERE hash='evil'")).isEqualTo("0");
  }

  @Test
  void refusesWhatIsNoPlainTable() throws SQLException {
    run("ALTER TABLE users RENAME TO hidden", "CREATE VIEW users AS SELECT * FROM hidden");
    try (CopyEditor editor = CopyEditor.open(copy)) {
      assertThat(
              catchThrowableOfType(
                  EngineException.class, () -> editor.delete(USERS, List.of("zoë\n"))))
          .hasMessageContaining("no plain table");
    }
  }

  @Test
  void failsWhenTheRowIsNotThere() {
    try (CopyEditor editor = CopyEditor.open(copy)) {
      assertThat(
              catchThrowableOfType(
                  EngineException.class, () -> editor.delete(USERS, List.of("nobody"))))
          .hasMessageContaining("0 rows changed instead of one");
    }
  }

  @Test
  void writesWhatWasReadWithItsType() throws SQLException {
    run("UPDATE users SET hash=x'00ff41' WHERE name LIKE 'o%'");
    try (ReadableDatabase copied = ReadableDatabase.openCopy(copy);
        ReadableDatabase none = ReadableDatabase.absent(copy)) {
      TreeMap<String, String> exact = new TreeMap<>();
      ReadableDatabase.compare(
          copied, none, USERS, (row, absent) -> exact.put(row.key().get(0), row.values().get(0)));
      assertThat(exact).containsEntry("zoë\n", "text:" + OLD);
      assertThat(exact.firstEntry().getValue()).isEqualTo("text:x");
      assertThat(exact).containsValue("blob:00FF41");
    }
    TreeMap<String, String> values = new TreeMap<>();
    values.put("hash", "blob:00FF41");
    try (CopyEditor editor = CopyEditor.open(copy)) {
      editor.set(USERS, List.of("zoë\n"), values);
      editor.commit();
    }
    assertThat(query("SELECT count(*) FROM users WHERE hash=x'00ff41'")).isEqualTo("2");
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
      return SqliteQueries.text(connection, sql);
    }
  }
}
