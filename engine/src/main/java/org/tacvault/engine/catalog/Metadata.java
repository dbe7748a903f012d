package org.tacvault.engine.catalog;

import static org.tacvault.engine.catalog.Statements.first;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A few facts about the home that are made once and kept, by key. */
public final class Metadata {
  /** {@code instance_} and eight hex digits. */
  public static final String INSTANCE_ID = "instance_id";

  /** When a service first ran here; from then on an empty list of destinations is meant so. */
  public static final String SERVICE_STARTED = "service_started";

  private final StateDatabase database;

  Metadata(StateDatabase database) {
    this.database = database;
  }

  public Optional<String> get(String key) {
    return database.read(connection -> get(connection, key));
  }

  /** Stores {@code value} unless there is one, and returns the one that is there then. */
  public String putIfAbsent(String key, String value) {
    return database.write(
        connection -> {
          Statements.update(
              connection,
              "INSERT INTO tacvault_metadata(key, value) VALUES (?, ?)"
                  + " ON CONFLICT(key) DO NOTHING",
              key,
              value);
          return get(connection, key).orElseThrow();
        });
  }

  private static Optional<String> get(Connection connection, String key) throws SQLException {
    return first(
        connection,
        "SELECT value FROM tacvault_metadata WHERE key = ?",
        row -> row.getString("value"),
        key);
  }
}
