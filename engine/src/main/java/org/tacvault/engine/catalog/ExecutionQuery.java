package org.tacvault.engine.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects executions. Each filter is a condition of its own, so that an index serves it: a page of
 * a long history is found without reading the rest.
 */
record ExecutionQuery(String conditions, List<Object> values) {
  /** What {@link Takeover} indexes; the rows of the Python server have no kind. */
  static final String KIND = "coalesce(kind, 'backup')";

  static ExecutionQuery of(ExecutionFilter filter) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    if (filter.kind() != null) {
      add(conditions, values, KIND, filter.kind().id());
    }
    if (filter.status() != null) {
      add(conditions, values, "status", filter.status().id());
    }
    if (filter.destinationId() != null) {
      add(conditions, values, "destination_id", filter.destinationId());
    }
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return new ExecutionQuery(where, values);
  }

  /** Newest first. */
  List<Execution> page(Connection connection, int limit, int offset) throws SQLException {
    List<@Nullable Object> all = new ArrayList<>(values);
    all.add(limit);
    all.add(offset);
    return Statements.query(connection, pageSql(), ExecutionRow::read, all.toArray());
  }

  /** With limit and offset as the last parameters. */
  String pageSql() {
    return "SELECT * FROM backup_executions"
        + conditions
        + " ORDER BY started_at DESC, rowid DESC LIMIT ? OFFSET ?";
  }

  long count(Connection connection) throws SQLException {
    return Statements.query(
            connection,
            "SELECT count(*) FROM backup_executions" + conditions,
            row -> row.getLong(1),
            values.toArray())
        .get(0);
  }

  private static void add(
      List<String> conditions, List<Object> values, String expression, String value) {
    conditions.add(expression + " = ?");
    values.add(value);
  }
}
