package org.tacvault.engine.catalog;

import java.time.Instant;
import java.util.List;

/** Stored archives that no retention removes. */
public final class Pins {
  private final StateDatabase database;

  Pins(StateDatabase database) {
    this.database = database;
  }

  /** Pins the archive at {@code path}, or gives its pin another reason. */
  public void pin(String destinationId, String path, String reason, Instant at) {
    database.write(
        connection ->
            Statements.update(
                connection,
                "INSERT INTO tacvault_pins(destination_id, path, reason, pinned_at)"
                    + " VALUES (?, ?, ?, ?) ON CONFLICT(destination_id, path)"
                    + " DO UPDATE SET reason = excluded.reason, pinned_at = excluded.pinned_at",
                destinationId,
                path,
                reason,
                Timestamps.format(at)));
  }

  /** Returns whether it was pinned. */
  public boolean unpin(String destinationId, String path) {
    return database.write(
            connection ->
                Statements.update(
                    connection,
                    "DELETE FROM tacvault_pins WHERE destination_id = ? AND path = ?",
                    destinationId,
                    path))
        > 0;
  }

  /** Newest first. */
  public List<Pin> list(String destinationId) {
    return database.read(
        connection ->
            Statements.query(
                connection,
                "SELECT * FROM tacvault_pins WHERE destination_id = ?"
                    + " ORDER BY pinned_at DESC, path",
                row ->
                    new Pin(
                        row.getString("destination_id"),
                        row.getString("path"),
                        row.getString("reason"),
                        Timestamps.parse(row.getString("pinned_at"))),
                destinationId));
  }
}
