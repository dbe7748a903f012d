package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Permissions;

/** A database file together with the files that SQLite keeps beside it. */
public final class SqliteFiles {
  private static final int TRIES = 5;
  // The shared-memory index is made anew from the log.
  private static final List<String> LOGS = List.of("-wal", "-journal");

  private SqliteFiles() {}

  /** Whether the database itself exists. */
  public static boolean exists(Path database) {
    return Files.exists(database);
  }

  /** Removes {@code -wal}, {@code -shm} and {@code -journal} of {@code database}. */
  public static void deleteSideFiles(Path database) throws IOException {
    for (String suffix : Sqlite.SIDE_FILES) {
      Files.deleteIfExists(Sqlite.sideFile(database, suffix));
    }
  }

  /** Removes a copy of our own with its side files; a failure to do so is a failure. */
  static void deleteQuietly(Path copy) {
    try {
      Files.deleteIfExists(copy);
      deleteSideFiles(copy);
    } catch (IOException e) {
      throw IoFailures.of("remove copy", copy, e);
    }
  }

  /**
   * Copies {@code database} and its {@code -wal} or {@code -journal} into {@code scratch} as files.
   * Only sound while nobody writes: a writer in WAL mode keeps a {@code -shm}, so there must be
   * none, and the files must not change meanwhile.
   */
  static Path copyAside(Path database, Path scratch) throws IOException {
    Permissions.createDirectories(scratch);
    Path copy = scratch.resolve(database.getFileName());
    for (int attempt = 0; attempt < TRIES; attempt++) {
      String before = fingerprint(database);
      deleteQuietly(copy);
      Files.copy(database, copy);
      for (String suffix : LOGS) {
        if (Files.exists(Sqlite.sideFile(database, suffix))) {
          Files.copy(Sqlite.sideFile(database, suffix), Sqlite.sideFile(copy, suffix));
        }
      }
      if (before.equals(fingerprint(database))
          && !Files.exists(Sqlite.sideFile(database, "-shm"))) {
        return copy;
      }
    }
    deleteQuietly(copy);
    throw new IOException("it is being written and its directory cannot be written by this user");
  }

  private static String fingerprint(Path database) throws IOException {
    StringBuilder stamps = new StringBuilder(stamp(database));
    for (String suffix : LOGS) {
      Path log = Sqlite.sideFile(database, suffix);
      stamps.append(Files.exists(log) ? stamp(log) : "");
    }
    return stamps.toString();
  }

  private static String stamp(Path file) throws IOException {
    FileTime modified = Files.getLastModifiedTime(file);
    return Files.size(file) + "@" + modified + ";";
  }
}
