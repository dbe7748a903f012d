package org.tacvault.engine.destination.local;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.tacvault.engine.destination.ArchivePath;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Turns what users hand in into files below the base path, reached without symbolic links. */
record LocalPaths(Path base) {
  /** The file for a new archive. */
  Path toStore(String path) {
    return resolve(path, ArchivePath.toStore(base.toString(), path));
  }

  /** The file of an existing archive. */
  Path toFind(String path) {
    return resolve(path, ArchivePath.toFind(base.toString(), path));
  }

  private Path resolve(String path, String relative) {
    Path file;
    try {
      file = base.resolve(relative);
    } catch (InvalidPathException e) {
      throw refused(path, "cannot be written in the file system's character set")
          .withCause(e)
          .withHint("run tacvault with a UTF-8 locale, for example LC_ALL=C.UTF-8");
    }
    refuseLinks(path, file);
    return file;
  }

  // The base path itself may be a link: that is the administrator's choice.
  private void refuseLinks(String path, Path file) {
    Path walked = base;
    for (Path segment : base.relativize(file)) {
      walked = walked.resolve(segment);
      if (Files.isSymbolicLink(walked)) {
        throw refused(path, walked + " is a symbolic link")
            .withHint("links are not followed below a base path; move the real directory there");
      }
    }
  }

  private static EngineException refused(String path, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, "resolve path", "'" + path + "'", reason);
  }
}
