package org.tacvault.engine.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.AtomicFiles;
import org.tacvault.engine.io.FileReplacement;
import org.tacvault.engine.sqlite.SqliteFiles;

/** Keeps a file, and what SQLite may have beside it, byte for byte; and puts them back. */
final class RawFiles {
  /** The shared-memory index is rebuilt from the log, so only these matter. */
  private static final List<String> SUFFIXES = List.of("-wal", "-journal");

  private RawFiles() {}

  static Source.Kept keep(Path live, String member, Path directory) {
    try {
      Path place = FileReplacement.follow(live);
      copy(place, directory.resolve(member));
      for (String suffix : SUFFIXES) {
        Path side = place.resolveSibling(place.getFileName() + suffix);
        if (Files.exists(side)) {
          copy(side, directory.resolve(member + suffix));
        }
      }
      AtomicFiles.syncDirectory(directory);
      return Source.Kept.RAW;
    } catch (IOException e) {
      throw IoFailures.of("keep file", live, e);
    }
  }

  static void putBack(Source.Kept kept, Path live, String member, Path directory) {
    try {
      FileReplacement.removeLeftovers(live);
      Path place = FileReplacement.follow(live);
      SqliteFiles.deleteSideFiles(place);
      if (kept == Source.Kept.ABSENT) {
        delete(place);
        return;
      }
      FileReplacement.replace(directory.resolve(member), place);
      for (String suffix : SUFFIXES) {
        Path side = directory.resolve(member + suffix);
        if (Files.exists(side)) {
          FileReplacement.replace(side, place.resolveSibling(place.getFileName() + suffix), place);
        }
      }
    } catch (IOException e) {
      throw IoFailures.of("put back file", live, e);
    }
  }

  static void remove(Path live) {
    try {
      Path place = FileReplacement.follow(live);
      SqliteFiles.deleteSideFiles(place);
      delete(place);
    } catch (IOException e) {
      throw IoFailures.of("remove file", live, e);
    }
  }

  private static void delete(Path place) throws IOException {
    if (Files.deleteIfExists(place)) {
      AtomicFiles.syncDirectory(place.toAbsolutePath().getParent());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    AtomicFiles.syncFile(to);
  }
}
