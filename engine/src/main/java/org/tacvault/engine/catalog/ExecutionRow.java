package org.tacvault.engine.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.home.Component;

/** Reads executions by column name, whatever the order of the columns. */
final class ExecutionRow {
  private ExecutionRow() {}

  static Execution read(ResultSet row) throws SQLException {
    return new Execution(
        row.getString("id"),
        ExecutionStatus.of(row.getString("status")),
        request(row),
        instant(row, "completed_at"),
        row.getString("error_message"),
        result(row));
  }

  static @Nullable String joined(Set<Component> components) {
    return components.isEmpty()
        ? null
        : components.stream().map(Component::id).collect(Collectors.joining(","));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : Timestamps.parse(text);
  }

  private static NewExecution request(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return new NewExecution(
        kind == null ? ExecutionKind.BACKUP : ExecutionKind.of(kind),
        row.getString("destination_id"),
        row.getString("backup_type"),
        row.getString("triggered_by"),
        row.getString("comment"),
        row.getString("instance_name"),
        components(row.getString("components")),
        row.getString("owner"),
        Timestamps.parse(row.getString("started_at")),
        row.getString("undoes"));
  }

  private static ExecutionResult result(ResultSet row) throws SQLException {
    Long files = number(row, "files_included");
    return new ExecutionResult(
        row.getString("backup_filename"),
        row.getString("backup_path"),
        number(row, "size_bytes"),
        number(row, "compressed_size_bytes"),
        files == null ? null : files.intValue(),
        row.getString("manifest_json"),
        row.getString("checksum_sha256"),
        CatalogJson.texts(row.getString("warnings_json")),
        CatalogJson.millis(row.getString("stages_json")),
        row.getString("emergency_path"),
        CommandsJson.read(row.getString("commands_json")),
        row.getString("verified_by"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static Set<Component> components(@Nullable String joined) {
    return joined == null ? Set.of() : Component.parse(List.of(joined.split(",")));
  }
}
