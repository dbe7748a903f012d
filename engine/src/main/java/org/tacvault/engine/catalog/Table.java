package org.tacvault.engine.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** One of the catalog's tables; an existing one gets the columns that it lacks. */
record Table(String name, List<Column> columns) {
  /** A column with its type and constraints in SQL. */
  record Column(String name, String declaration) {
    /** Whether SQLite can add it to a table that has rows. */
    boolean canBeAdded() {
      return !declaration.contains("KEY")
          && !declaration.contains("UNIQUE")
          && (!declaration.contains("NOT NULL") || declaration.contains("DEFAULT"));
    }

    String sql() {
      return name + " " + declaration;
    }
  }

  /** The executions of the Python server, and after them our own columns. */
  static final Table EXECUTIONS =
      new Table(
          "backup_executions",
          List.of(
              new Column("id", "TEXT PRIMARY KEY"),
              new Column("destination_id", "TEXT"),
              new Column("backup_filename", "TEXT"),
              new Column("backup_path", "TEXT"),
              new Column("triggered_by", "TEXT"),
              new Column("started_at", "TEXT NOT NULL"),
              new Column("completed_at", "TEXT"),
              new Column("status", "TEXT NOT NULL"),
              new Column("size_bytes", "INTEGER"),
              new Column("compressed_size_bytes", "INTEGER"),
              new Column("files_included", "INTEGER"),
              new Column("error_message", "TEXT"),
              new Column("manifest_json", "TEXT"),
              new Column("kind", "TEXT DEFAULT 'backup'"),
              new Column("backup_type", "TEXT"),
              new Column("comment", "TEXT"),
              new Column("checksum_sha256", "TEXT"),
              new Column("warnings_json", "TEXT"),
              new Column("stages_json", "TEXT"),
              new Column("instance_name", "TEXT"),
              new Column("owner", "TEXT"),
              new Column("components", "TEXT"),
              new Column("emergency_path", "TEXT"),
              new Column("undoes", "TEXT"),
              new Column("commands_json", "TEXT"),
              new Column("verified_by", "TEXT")));

  /** The destinations of the Python server, as they are. */
  static final Table DESTINATIONS =
      new Table(
          "backup_destinations",
          List.of(
              new Column("id", "TEXT PRIMARY KEY"),
              new Column("name", "TEXT UNIQUE NOT NULL"),
              new Column("type", "TEXT NOT NULL"),
              new Column("enabled", "INTEGER NOT NULL DEFAULT 1"),
              new Column("config_json", "TEXT NOT NULL"),
              new Column("retention_days", "INTEGER NOT NULL DEFAULT 30"),
              new Column("retention_strategy", "TEXT DEFAULT 'simple'"),
              new Column("retention_config_json", "TEXT"),
              new Column("created_at", "TEXT NOT NULL"),
              new Column("created_by", "TEXT NOT NULL"),
              new Column("last_backup_at", "TEXT"),
              new Column("last_backup_status", "TEXT")));

  static final Table METADATA =
      new Table(
          "tacvault_metadata",
          List.of(new Column("key", "TEXT PRIMARY KEY"), new Column("value", "TEXT NOT NULL")));

  static final Table PINS =
      new Table(
          "tacvault_pins",
          List.of(
              new Column("destination_id", "TEXT NOT NULL"),
              new Column("path", "TEXT NOT NULL"),
              new Column("reason", "TEXT NOT NULL"),
              new Column("pinned_at", "TEXT NOT NULL")));

  static final Table AUDIT_LOG =
      new Table(
          "tacvault_audit_log",
          List.of(
              new Column("id", "INTEGER PRIMARY KEY"),
              new Column("at", "TEXT NOT NULL"),
              new Column("actor", "TEXT NOT NULL"),
              new Column("address", "TEXT NOT NULL"),
              new Column("session", "TEXT"),
              new Column("action", "TEXT NOT NULL"),
              new Column("resource", "TEXT"),
              new Column("status", "INTEGER NOT NULL"),
              new Column("outcome", "TEXT NOT NULL"),
              new Column("detail", "TEXT"),
              new Column("user_agent", "TEXT"),
              new Column("correlation_id", "TEXT"),
              new Column("times", "INTEGER NOT NULL DEFAULT 1")));

  static final Table REQUESTS =
      new Table(
          "tacvault_requests",
          List.of(
              new Column("key_hash", "TEXT PRIMARY KEY"),
              new Column("request_hash", "TEXT NOT NULL"),
              new Column("execution_id", "TEXT"),
              new Column("status", "INTEGER"),
              new Column("answer", "TEXT"),
              new Column("created_at", "TEXT NOT NULL")));

  static final List<Table> ALL =
      List.of(EXECUTIONS, DESTINATIONS, METADATA, PINS, AUDIT_LOG, REQUESTS);

  String createSql() {
    return "CREATE TABLE "
        + name
        + " ("
        + columns.stream().map(Column::sql).collect(Collectors.joining(", "))
        + ")";
  }

  String addSql(Column column) {
    return "ALTER TABLE " + name + " ADD COLUMN " + column.sql();
  }

  boolean existsIn(Connection connection) throws SQLException {
    return !columnsIn(connection).isEmpty();
  }

  /** The columns that the file's table lacks; all of them when there is no such table. */
  List<Column> missingIn(Connection connection) throws SQLException {
    Set<String> present = columnsIn(connection);
    return columns.stream().filter(column -> !present.contains(column.name())).toList();
  }

  private Set<String> columnsIn(Connection connection) throws SQLException {
    return Set.copyOf(
        Statements.query(
            connection,
            "SELECT name FROM pragma_table_info(?)",
            row -> row.getString("name").toLowerCase(Locale.ROOT),
            name));
  }
}
