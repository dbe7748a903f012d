package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Permissions;

/** A database file together with the files that SQLite keeps beside it. */
public final class SqliteFiles {
  private static final int TRIES = 5;

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
   * Copies {@code database} and its {@code -wal} into {@code scratch} as files. Only sound while
   * nobody writes: a writer in WAL mode keeps a {@code -shm}, so there must be none, and the files
   * must not change meanwhile.
   */
  static Path copyAside(Path database, Path scratch) throws IOException {
    Permissions.createDirectories(scratch);
    Path copy = scratch.resolve(database.getFileName());
    for (int attempt = 0; attempt < TRIES; attempt++) {
      String before = fingerprint(database);
      deleteQuietly(copy);
      Files.copy(database, copy);
      Path wal = Sqlite.sideFile(database, "-wal");
      if (Files.exists(wal)) {
        Files.copy(wal, Sqlite.sideFile(copy, "-wal"));
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
    Path wal = Sqlite.sideFile(database, "-wal");
    return stamp(database) + (Files.exists(wal) ? stamp(wal) : "");
  }

  private static String stamp(Path file) throws IOException {
    FileTime modified = Files.getLastModifiedTime(file);
    return Files.size(file) + "@" + modified + ";";
  }
}
