package org.tacvault.engine.catalog;

import static org.tacvault.engine.catalog.Statements.first;
import static org.tacvault.engine.catalog.Statements.update;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Archives that are replaced by others of the same content. Written down before the new one is
 * stored, so that a kill in between leaves no two of them for ever.
 */
public final class ArchiveMoves {
  private static final String UNDER_WAY = "moving:";
  private static final String DONE = "moved:";
  private static final String COPIED = "copied:";

  private final StateDatabase database;

  ArchiveMoves(StateDatabase database) {
    this.database = database;
  }

  /**
   * What is about to replace the archive at {@code oldPath}.
   *
   * @param newName relative to the base path of the destination
   * @param checksum SHA-256 of the new archive
   * @param target what it is encrypted to; see {@link #isAt}
   * @param keepOld whether both are to stay
   */
  public record Move(
      String oldPath,
      String newName,
      long sizeBytes,
      String checksum,
      @Nullable String target,
      boolean keepOld) {}

  /** Writes down what is about to be done at {@code place}: a destination's id, or a directory. */
  public void begin(String place, Move move) {
    database.write(connection -> put(connection, UNDER_WAY + place, CatalogJson.write(move)));
  }

  /** What a killed process began at {@code place} and did not end. */
  public Optional<Move> underWay(String place) {
    return database
        .read(connection -> get(connection, UNDER_WAY + place))
        .map(json -> CatalogJson.read(json, Move.class));
  }

  /**
   * Lets executions and pins follow the archive to {@code newPath}; with {@code keepOld} it is only
   * noted that there is a copy.
   *
   * @param destinationId null for a directory that the catalog does not know
   */
  public void follow(String place, @Nullable String destinationId, Move move, String newPath) {
    database.write(
        connection -> {
          forget(connection, place, newPath);
          if (move.keepOld()) {
            put(connection, COPIED + place + ":" + move.oldPath(), newPath);
          } else {
            forget(connection, place, move.oldPath());
            rename(connection, destinationId, move, newPath);
          }
          return move.target() == null
              ? 0
              : put(connection, DONE + place + ":" + newPath, move.target());
        });
  }

  /** Whether the archive at {@code path} was put there encrypted to {@code target}. */
  public boolean isAt(String place, String path, String target) {
    return database
        .read(connection -> get(connection, DONE + place + ":" + path))
        .filter(target::equals)
        .isPresent();
  }

  /** The copy of the archive at {@code oldPath} that was made beside it. */
  public Optional<String> copyOf(String place, String oldPath) {
    return database.read(connection -> get(connection, COPIED + place + ":" + oldPath));
  }

  /** Nothing is left to be done at {@code place}. */
  public void end(String place) {
    database.write(
        connection ->
            update(connection, "DELETE FROM tacvault_metadata WHERE key = ?", UNDER_WAY + place));
  }

  private static void rename(
      Connection connection, @Nullable String destinationId, Move move, String newPath)
      throws SQLException {
    String filename = newPath.substring(newPath.lastIndexOf('/') + 1);
    update(
        connection,
        "UPDATE backup_executions SET backup_filename = ?, compressed_size_bytes = ?,"
            + " checksum_sha256 = ? WHERE backup_path = ? AND destination_id IS ?"
            + " AND coalesce(kind, 'backup') = 'backup'",
        filename,
        move.sizeBytes(),
        move.checksum(),
        move.oldPath(),
        destinationId);
    update(
        connection,
        "UPDATE backup_executions SET backup_path = ? WHERE backup_path = ?"
            + " AND destination_id IS ?",
        newPath,
        move.oldPath(),
        destinationId);
    update(
        connection,
        "UPDATE backup_executions SET emergency_path = ? WHERE emergency_path = ?",
        newPath,
        move.oldPath());
    update(
        connection,
        "UPDATE OR REPLACE tacvault_pins SET path = ? WHERE path = ? AND destination_id = ?",
        newPath,
        move.oldPath(),
        destinationId);
  }

  /** What lies at {@code path} is another archive now, or none. */
  private static void forget(Connection connection, String place, String path) throws SQLException {
    update(
        connection,
        "DELETE FROM tacvault_metadata WHERE key IN (?, ?)",
        DONE + place + ":" + path,
        COPIED + place + ":" + path);
  }

  private static int put(Connection connection, String key, String value) throws SQLException {
    return update(
        connection,
        "INSERT OR REPLACE INTO tacvault_metadata(key, value) VALUES (?, ?)",
        key,
        value);
  }

  private static Optional<String> get(Connection connection, String key) throws SQLException {
    return first(
        connection,
        "SELECT value FROM tacvault_metadata WHERE key = ?",
        row -> row.getString("value"),
        key);
  }
}
