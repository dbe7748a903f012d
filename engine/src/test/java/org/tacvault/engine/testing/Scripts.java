package org.tacvault.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** Small programs that a test writes, and what they leave behind. */
public final class Scripts {
  /** How long what scripts do may take on a busy machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;

  public Scripts(Path directory) {
    this.directory = directory;
  }

  /** An executable shell script of these lines; returns its absolute path. */
  public Path write(String name, String... lines) {
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve(name);
      Files.deleteIfExists(file);
      Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a file that scripts write to; none when it is not there. */
  public List<String> lines(String name) {
    try {
      Path file = directory.resolve(name);
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path(String name) {
    return directory.resolve(name);
  }
}
