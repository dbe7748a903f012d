package org.tacvault.engine.catalog;

import static org.tacvault.engine.catalog.Statements.first;
import static org.tacvault.engine.catalog.Statements.query;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * The configured destinations. Secrets in their configurations are encrypted when they are stored,
 * and come back as they are stored; {@link #masked} is for showing them. A mask that is handed in
 * keeps what is stored.
 */
public final class Destinations {
  private static final String INSERT =
      "INSERT INTO backup_destinations(id, name, type, enabled, config_json, retention_days,"
          + " retention_strategy, retention_config_json, created_at, created_by)"
          + " VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)";
  private static final String UPDATE =
      "UPDATE backup_destinations SET name = ?, type = ?, enabled = ?, config_json = ?,"
          + " retention_days = ?, retention_strategy = ?, retention_config_json = ? WHERE id = ?";
  private static final String TOUCH =
      "UPDATE backup_destinations SET last_backup_at = ?, last_backup_status = ? WHERE id = ?";

  private final StateDatabase database;
  private final ConfigSecrets secrets;

  Destinations(StateDatabase database, ConfigSecrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /** {@code CONFLICT} when the name is taken. */
  public DestinationRecord add(NewDestination added) {
    DestinationRecord wished = withId(UUID.randomUUID().toString(), added);
    return database.write(
        connection -> {
          requireFreeName(connection, wished.name(), wished.id());
          DestinationRecord destination = sealed(wished, Map.of());
          Statements.update(
              connection,
              INSERT,
              destination.id(),
              destination.name(),
              destination.type(),
              CatalogJson.write(destination.config()),
              destination.retentionDays(),
              destination.retentionStrategy(),
              CatalogJson.write(destination.retentionConfig()),
              Timestamps.format(destination.createdAt()),
              destination.createdBy());
          return get(connection, destination.id());
        });
  }

  /** {@code INVALID_INPUT} when that cannot be a name, {@code CONFLICT} when it is taken. */
  void requireFree(String name) {
    DestinationRecord.requireName(name);
    database.read(
        connection -> {
          requireFreeName(connection, name, "");
          return name;
        });
  }

  /** The destination of that id, else of that name. */
  public Optional<DestinationRecord> find(String idOrName) {
    return database.read(
        connection ->
            first(
                connection,
                "SELECT * FROM backup_destinations WHERE id = ?1 OR name = ?1"
                    + " ORDER BY id = ?1 DESC LIMIT 1",
                Destinations::read,
                idOrName));
  }

  /** {@link #find}; {@code NOT_FOUND} when there is none. */
  public DestinationRecord get(String idOrName) {
    return find(idOrName).orElseThrow(() -> missing(idOrName));
  }

  /** All, newest first, disabled ones too. */
  public List<DestinationRecord> list() {
    return database.read(
        connection ->
            query(
                connection,
                "SELECT * FROM backup_destinations ORDER BY created_at DESC, rowid DESC",
                Destinations::read));
  }

  /** {@code NOT_FOUND} when there is none of that id, {@code CONFLICT} when the name is taken. */
  public DestinationRecord update(String id, DestinationChange change) {
    return database.write(
        connection -> {
          DestinationRecord old = get(connection, id);
          DestinationRecord changed = sealed(change.applyTo(old), old.config());
          requireFreeName(connection, changed.name(), changed.id());
          Statements.update(
              connection,
              UPDATE,
              changed.name(),
              changed.type(),
              changed.enabled() ? 1 : 0,
              CatalogJson.write(changed.config()),
              changed.retentionDays(),
              changed.retentionStrategy(),
              CatalogJson.write(changed.retentionConfig()),
              id);
          return changed;
        });
  }

  /** {@code CONFLICT} while executions refer to it; its pins go with it. */
  public void delete(String id) {
    database.write(
        connection -> {
          DestinationRecord destination = get(connection, id);
          refuseIfUsed(connection, destination);
          Statements.update(connection, "DELETE FROM tacvault_pins WHERE destination_id = ?", id);
          return Statements.update(connection, "DELETE FROM backup_destinations WHERE id = ?", id);
        });
  }

  /** Notes how the last backup to it ended; nothing happens when it was deleted meanwhile. */
  public void touch(String id, Instant at, boolean success) {
    database.write(
        connection ->
            Statements.update(
                connection, TOUCH, Timestamps.format(at), success ? "success" : "failed", id));
  }

  /**
   * The configuration of {@code row} as it may be shown: secrets masked, references as they are.
   */
  public Map<String, Object> masked(DestinationRecord row) {
    return secrets.masked(row);
  }

  /** The configuration of {@code row} with its secrets in clear, for the one who opens it. */
  Map<String, Object> opened(DestinationRecord row) {
    return secrets.opened(row);
  }

  /** {@code config} as it would be opened if it replaced that of {@code old}. */
  Map<String, Object> unmasked(DestinationRecord old, Map<String, Object> config) {
    return secrets.unmasked(old, config);
  }

  /** {@code INVALID_INPUT} when a mask stands in a configuration that replaces nothing. */
  void requireNoMask(Map<String, Object> config) {
    secrets.requireNoMask(config);
  }

  /** Whether that key always holds a secret. */
  boolean isSecret(String type, String key) {
    return secrets.fields().isSecret(type, key);
  }

  /** Whether that value is a reference to a secret. */
  boolean isReference(String type, String key, @Nullable Object value) {
    return secrets.isReference(type, key, value);
  }

  // Sealed under the write lock: a rotation of keys comes before or after, never between.
  private DestinationRecord sealed(DestinationRecord row, Map<String, Object> stored) {
    return row.withConfig(secrets.sealed(row.id(), row.type(), row.config(), stored));
  }

  private static DestinationRecord withId(String id, NewDestination added) {
    return new DestinationRecord(
        id,
        added.name(),
        added.type(),
        true,
        added.config(),
        added.retentionDays(),
        added.retentionStrategy(),
        added.retentionConfig(),
        added.createdAt(),
        added.createdBy(),
        null,
        null);
  }

  private static DestinationRecord get(Connection connection, String id) throws SQLException {
    return first(
            connection, "SELECT * FROM backup_destinations WHERE id = ?", Destinations::read, id)
        .orElseThrow(() -> missing(id));
  }

  private static void requireFreeName(Connection connection, String name, String id)
      throws SQLException {
    Optional<String> holder =
        first(
            connection,
            "SELECT id FROM backup_destinations WHERE name = ? AND id <> ?",
            row -> row.getString("id"),
            name,
            id);
    if (holder.isPresent()) {
      throw new EngineException(
              ErrorKind.CONFLICT,
              "store destination",
              "'" + name + "'",
              "the name is taken by destination " + holder.get())
          .withHint("choose another name");
    }
  }

  private static void refuseIfUsed(Connection connection, DestinationRecord destination)
      throws SQLException {
    long executions =
        first(
                connection,
                "SELECT count(*) FROM backup_executions WHERE destination_id = ?",
                row -> row.getLong(1),
                destination.id())
            .orElseThrow();
    if (executions > 0) {
      throw new EngineException(
              ErrorKind.CONFLICT,
              "delete destination",
              "'" + destination.name() + "'",
              "Cannot delete destination with existing backups")
          .withHint(
              executions
                  + " executions refer to it; disable it instead, so that they can be traced");
    }
  }

  static DestinationRecord read(ResultSet row) throws SQLException {
    String strategy = row.getString("retention_strategy");
    return new DestinationRecord(
        row.getString("id"),
        row.getString("name"),
        row.getString("type"),
        row.getInt("enabled") != 0,
        CatalogJson.object(row.getString("config_json")),
        row.getInt("retention_days"),
        strategy == null ? DestinationRecord.SIMPLE : strategy,
        CatalogJson.object(row.getString("retention_config_json")),
        Timestamps.parse(row.getString("created_at")),
        row.getString("created_by"),
        ExecutionRow.instant(row, "last_backup_at"),
        row.getString("last_backup_status"));
  }

  private static EngineException missing(String idOrName) {
    return new EngineException(
            ErrorKind.NOT_FOUND, "find destination", "'" + idOrName + "'", "no such destination")
        .withHint("list the destinations for their names and ids");
  }
}
