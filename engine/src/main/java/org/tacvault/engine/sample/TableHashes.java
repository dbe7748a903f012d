package org.tacvault.engine.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.sqlite.LiveReader;

/**
 * What a database says, independent of how its pages lie on disk: two databases with equal hashes
 * hold the same tables, indexes, triggers and views, and in each table the same rows, value by
 * value and type by type. Rows are ordered by the primary key, then by all columns.
 *
 * <p>Text that is not valid UTF-8 is compared after replacement of the invalid bytes.
 */
public final class TableHashes {
  /** The key under which the definitions of tables, indexes, triggers and views are hashed. */
  public static final String SCHEMA = "sqlite_schema";

  private static final String TABLES =
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name";

  private TableHashes() {}

  /**
   * SHA-256 (hex) of each table of {@code database}, in the order of their names. Reads through a
   * read-only connection, all tables in one transaction, in memory that does not grow with them.
   */
  public static Map<String, String> of(Path database) {
    Map<String, String> hashes = new LinkedHashMap<>();
    try (LiveReader reader = LiveReader.open(database);
        Statement statement = reader.connection().createStatement()) {
      reader.beginReading();
      for (String table : tables(statement)) {
        hashes.put(table, hash(statement, query(statement, table)));
      }
      return hashes;
    } catch (SQLException e) {
      throw new EngineException(ErrorKind.FAILED, "hash database", database, e.getMessage())
          .withCause(e);
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(TABLES)) {
      while (found.next()) {
        tables.add(found.getString(1));
      }
    }
    return tables;
  }

  private static String query(Statement statement, String table) throws SQLException {
    if (table.equals(SCHEMA)) {
      // Root pages differ between two databases that say the same.
      return "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    }
    List<String> columns = new ArrayList<>();
    String inKeyOrder =
        "SELECT name FROM pragma_table_info('%s') ORDER BY pk = 0, pk, cid"
            .formatted(table.replace("'", "''"));
    try (ResultSet found = statement.executeQuery(inKeyOrder)) {
      while (found.next()) {
        columns.add(quoted(found.getString(1)));
      }
    }
    String list = columns.stream().collect(Collectors.joining(", "));
    return "SELECT " + list + " FROM " + quoted(table) + " ORDER BY " + list;
  }

  private static String hash(Statement statement, String query) throws SQLException {
    MessageDigest digest = Sha256.newDigest();
    try (ResultSet rows = statement.executeQuery(query)) {
      int width = rows.getMetaData().getColumnCount();
      for (int column = 1; column <= width; column++) {
        update(digest, rows.getMetaData().getColumnName(column));
      }
      while (rows.next()) {
        for (int column = 1; column <= width; column++) {
          update(digest, rows.getObject(column));
        }
      }
    }
    return Sha256.hex(digest);
  }

  private static void update(MessageDigest digest, @Nullable Object value) {
    if (value == null) {
      digest.update((byte) 'N');
    } else if (value instanceof byte[] blob) {
      update(digest, 'B', blob);
    } else if (value instanceof Double real) {
      update(digest, 'R', Double.doubleToRawLongBits(real));
    } else if (value instanceof Number integer) {
      update(digest, 'I', integer.longValue());
    } else {
      update(digest, 'T', value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void update(MessageDigest digest, char type, byte[] content) {
    update(digest, type, content.length);
    digest.update(content);
  }

  private static void update(MessageDigest digest, char type, long number) {
    digest.update(ByteBuffer.allocate(1 + Long.BYTES).put((byte) type).putLong(number).array());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
