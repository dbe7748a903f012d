package org.tacvault.engine.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a catalog up to date in place: a new one, the Python server's, or one of an earlier
 * version of ours. Tables, columns and indexes are only ever added, in one transaction, so that a
 * kill leaves the old catalog and the Python server goes on reading the new one by name.
 */
final class Takeover {
  /** Raised when tables or columns are added; an older program goes on with a newer catalog. */
  static final int SCHEMA_VERSION = 5;

  /** SQLITE_CORRUPT. */
  private static final int CORRUPT = 11;

  private static final List<String> INDEXES =
      List.of(
          "CREATE INDEX IF NOT EXISTS ix_backup_exec_started_at ON backup_executions(started_at)",
          "CREATE INDEX IF NOT EXISTS ix_backup_exec_status ON backup_executions(status)",
          "CREATE INDEX IF NOT EXISTS ix_backup_exec_dest ON backup_executions(destination_id)",
          "CREATE INDEX IF NOT EXISTS ix_tacvault_audit_log_at ON tacvault_audit_log(at)",
          "CREATE INDEX IF NOT EXISTS ix_tacvault_exec_kind ON backup_executions("
              + ExecutionQuery.KIND
              + ", started_at)",
          "CREATE INDEX IF NOT EXISTS ix_tacvault_exec_kind_status ON backup_executions("
              + ExecutionQuery.KIND
              + ", status, started_at, compressed_size_bytes)",
          "CREATE INDEX IF NOT EXISTS ix_tacvault_exec_kind_dest ON backup_executions("
              + ExecutionQuery.KIND
              + ", destination_id, started_at)",
          "CREATE INDEX IF NOT EXISTS ix_tacvault_exec_dest_status ON backup_executions("
              + "destination_id, status, started_at)",
          "CREATE INDEX IF NOT EXISTS ix_tacvault_exec_dest_status_kind ON backup_executions("
              + "destination_id, status, "
              + ExecutionQuery.KIND
              + ", started_at)",
          "CREATE UNIQUE INDEX IF NOT EXISTS ux_tacvault_pins ON tacvault_pins(destination_id, path)");

  private final StateDatabase database;
  private final Runnable afterEachStatement;

  Takeover(StateDatabase database) {
    this(database, () -> {});
  }

  Takeover(StateDatabase database, Runnable afterEachStatement) {
    this.database = database;
    this.afterEachStatement = afterEachStatement;
  }

  /** Does nothing, and needs no write access, when the catalog is up to date. */
  void run() {
    if (!database.read(this::isUpToDate)) {
      database.write(
          connection -> {
            for (String statement : statements(connection)) {
              Statements.update(connection, statement);
              afterEachStatement.run();
            }
            return Statements.update(
                connection,
                "INSERT OR REPLACE INTO tacvault_metadata(key, value) VALUES ('schema_version', ?)",
                String.valueOf(SCHEMA_VERSION));
          });
    }
  }

  private boolean isUpToDate(Connection connection) throws SQLException {
    for (Table table : Table.ALL) {
      if (!table.missingIn(connection).isEmpty()) {
        return false;
      }
    }
    return version(connection) >= SCHEMA_VERSION;
  }

  private static int version(Connection connection) throws SQLException {
    return Statements.query(
            connection,
            "SELECT CAST(value AS INTEGER) FROM tacvault_metadata WHERE key = 'schema_version'",
            row -> row.getInt(1))
        .stream()
        .findFirst()
        .orElse(0);
  }

  private List<String> statements(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    for (Table table : Table.ALL) {
      if (table.existsIn(connection)) {
        table.missingIn(connection).forEach(column -> statements.add(add(table, column)));
      } else {
        statements.add(table.createSql());
      }
    }
    statements.addAll(INDEXES);
    return statements;
  }

  private String add(Table table, Table.Column column) {
    if (!column.canBeAdded()) {
      String reason = "table " + table.name() + " has no column " + column.name();
      throw database.failure("take over", new SQLException(reason, null, CORRUPT));
    }
    return table.addSql(column);
  }
}
