package org.tacvault.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.AtomicFiles;
import org.tacvault.engine.io.Directories;
import org.tacvault.engine.io.Permissions;

/**
 * Where a demonstration happens: a directory that a demonstration made, known by a file in it, and
 * no other.
 */
record DemoDirectory(Path root) {
  private static final String MARKER = ".tacvault-demo";
  private static final String OPERATION = "prepare demo in";

  /**
   * Makes {@code root}, or empties it when a demonstration made it; {@code CONFLICT} for any other
   * directory that is not empty.
   */
  static DemoDirectory prepare(Path root) {
    DemoDirectory directory = new DemoDirectory(root);
    try {
      if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
        directory.requireOurs();
      }
      Permissions.createDirectories(root);
      AtomicFiles.write(
          root.resolve(MARKER),
          "Made by tacvault demo, which deletes home and backups beside this file.\n"
              .getBytes(StandardCharsets.UTF_8));
      Directories.delete(directory.home());
      Directories.delete(directory.backups());
      return directory;
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, root, e);
    }
  }

  Path home() {
    return root.resolve("home");
  }

  Path backups() {
    return root.resolve("backups");
  }

  private void requireOurs() throws IOException {
    boolean ours = Files.isRegularFile(root.resolve(MARKER), LinkOption.NOFOLLOW_LINKS);
    if (!ours && !(Files.isDirectory(root) && isEmpty())) {
      throw new EngineException(
              ErrorKind.CONFLICT, OPERATION, root, "it exists, and no demo made it")
          .withHint("nothing was touched; name a new or empty directory with --dir");
    }
  }

  private boolean isEmpty() throws IOException {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(root)) {
      return !content.iterator().hasNext();
    }
  }
}
