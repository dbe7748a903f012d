package org.tacvault.engine.catalog;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A catalog as the Python server makes it, and what plain SQL says about a file. */
public final class PythonCatalog {
  private static final List<String> DDL =
      List.of(
          "CREATE TABLE backup_executions (id TEXT PRIMARY KEY, destination_id TEXT,"
              + " backup_filename TEXT, backup_path TEXT, triggered_by TEXT,"
              + " started_at TEXT NOT NULL, completed_at TEXT, status TEXT NOT NULL,"
              + " size_bytes INTEGER, compressed_size_bytes INTEGER, files_included INTEGER,"
              + " error_message TEXT, manifest_json TEXT)",
          "CREATE INDEX ix_backup_exec_started_at ON backup_executions(started_at)",
          "CREATE INDEX ix_backup_exec_status ON backup_executions(status)",
          "CREATE INDEX ix_backup_exec_dest ON backup_executions(destination_id)",
          "CREATE TABLE backup_destinations (id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL,"
              + " type TEXT NOT NULL, enabled INTEGER NOT NULL DEFAULT 1,"
              + " config_json TEXT NOT NULL, retention_days INTEGER NOT NULL DEFAULT 30,"
              + " created_at TEXT NOT NULL, created_by TEXT NOT NULL, last_backup_at TEXT,"
              + " last_backup_status TEXT)");
  private static final List<String> RETENTION =
      List.of(
          "ALTER TABLE backup_destinations ADD COLUMN retention_strategy TEXT DEFAULT 'simple'",
          "ALTER TABLE backup_destinations ADD COLUMN retention_config_json TEXT");
  private static final List<String> ROWS =
      List.of(
          "INSERT INTO backup_destinations(id, name, type, config_json, retention_days, created_at,"
              + " created_by, last_backup_at, last_backup_status) VALUES ('d-1', 'local-default',"
              + " 'local', '{\"base_path\": \"/data/backups\"}', 14,"
              + " '2026-01-02T03:04:05.000006+00:00', 'admin',"
              + " '2026-02-01T00:00:01+00:00', 'success')",
          "INSERT INTO backup_executions VALUES ('e-1', 'd-1', 'backup-a-20260201-000000-manual"
              + ".tar.gz', '/data/backups/a/manual/backup-a-20260201-000000-manual.tar.gz',"
              + " 'manual:admin', '2026-02-01T00:00:00.123456+00:00',"
              + " '2026-02-01T00:00:01+00:00', 'completed', 1000, 300, 7, NULL, '{\"a\": 1}')",
          "INSERT INTO backup_executions VALUES ('e-2', 'd-1', NULL, NULL, 'manual:admin',"
              + " '2026-02-02T00:00:00.123456+00:00', NULL, 'failed', NULL, NULL, NULL,"
              + " 'no space', NULL)",
          "INSERT INTO backup_executions VALUES ('e-3', 'd-1', NULL, NULL, NULL,"
              + " '2026-02-03T00:00:00+00:00', NULL, 'running', NULL, NULL, NULL, NULL, NULL)");

  private PythonCatalog() {}

  /** One whose retention columns were added later, so that they come last. */
  public static void create(Path file) throws SQLException {
    createWithoutRetention(file);
    execute(file, RETENTION);
  }

  /** One of an early version, before destinations had a retention strategy. */
  static void createWithoutRetention(Path file) throws SQLException {
    execute(file, DDL);
    execute(file, ROWS);
  }

  static void execute(Path file, List<String> statements) throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** All rows as text, one string a row. */
  static List<String> rows(Path file, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData columns = result.getMetaData();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.append(i == 1 ? "" : "|").append(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /** The rows that the Python server wrote, by its own columns. */
  public static List<String> ownRows(Path file) throws SQLException {
    List<String> rows =
        rows(
            file,
            "SELECT id, destination_id, backup_filename, backup_path, triggered_by, started_at,"
                + " completed_at, status, size_bytes, compressed_size_bytes, files_included,"
                + " error_message, manifest_json FROM backup_executions ORDER BY id");
    rows.addAll(
        rows(
            file,
            "SELECT id, name, type, enabled, config_json, retention_days, created_at, created_by,"
                + " last_backup_at, last_backup_status FROM backup_destinations ORDER BY id"));
    return rows;
  }

  public static List<String> schema(Path file) throws SQLException {
    return rows(file, "SELECT type, name, sql FROM sqlite_schema ORDER BY name");
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
  }
}
