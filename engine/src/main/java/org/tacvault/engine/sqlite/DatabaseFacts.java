package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;

/**
 * What a copy of a database holds.
 *
 * @param tables rows per table, in the order of the tables' names
 * @param schema the statements that make it
 */
public record DatabaseFacts(SqliteHeader header, Map<String, Long> tables, List<String> schema) {
  /** How thoroughly to check a copy (https://www.sqlite.org/pragma.html#pragma_integrity_check). */
  public enum Check {
    /** Structure of all pages and rows, not the agreement of indexes with tables. */
    QUICK("quick_check"),
    /** Also that indexes agree with tables; about six times slower. */
    FULL("integrity_check");

    private final String pragma;

    Check(String pragma) {
      this.pragma = pragma;
    }
  }

  private static final String OPERATION = "check database";

  /**
   * Checks and counts a copy that nobody writes; {@code VERIFICATION_FAILED} when it is not sound.
   */
  public static DatabaseFacts of(Path copy, Check check) {
    return of(copy, check, Guard.allowance(copy.toFile().length()));
  }

  /**
   * @param allowed how long SQLite may compute
   */
  static DatabaseFacts of(Path copy, Check check, Duration allowed) {
    try (Connection connection = Sqlite.openStatic(copy, allowed)) {
      SqliteHeader header =
          SqliteHeader.read(copy)
              .orElseThrow(
                  () ->
                      SqliteFailures.corrupt(OPERATION, copy, "the file is not a SQLite database"));
      // Before a statement goes by the schema.
      requireGenuine(copy, SchemaTexts.problem(connection));
      requireSound(copy, SqliteQueries.texts(connection, "PRAGMA " + check.pragma + "(5)"));
      return new DatabaseFacts(
          header, SqliteQueries.tableCounts(connection), SqliteQueries.schema(connection));
    } catch (SQLException e) {
      throw SqliteFailures.ofCopy(OPERATION, copy, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, copy, e);
    }
  }

  /** Rows of all tables together. */
  public long records() {
    return tables.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void requireGenuine(Path copy, Optional<String> problem) {
    if (problem.isPresent()) {
      throw SqliteFailures.corrupt(OPERATION, copy, problem.get());
    }
  }

  private static void requireSound(Path copy, List<String> findings) {
    if (!findings.equals(List.of("ok"))) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED,
              OPERATION,
              copy.getFileName(),
              "the database is damaged: " + String.join("; ", findings))
          .withHint("use the last good backup of this database: tacvault list");
    }
  }
}
