package org.tacvault.server.security;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.io.AtomicFiles;
import org.tacvault.engine.io.Permissions;
import org.tacvault.engine.secret.SecretFile;

/**
 * The hash of the password that this program made or was given, {@code data/tacvault_admin.hash}
 * (0600). It counts only when neither the environment nor the configuration names one. Not in the
 * catalog: that one may be the Python server's, which others can read.
 */
public final class AdminPasswordFile {
  private static final String NAME = "tacvault_admin.hash";

  private final Path file;

  public AdminPasswordFile(Home home) {
    this.file = home.data().resolve(NAME);
  }

  public Path path() {
    return file;
  }

  /** Empty when there is no such file, or nothing in it. */
  Optional<String> read() {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    CharBuffer text = SecretFile.read("read password of the administrator", file);
    return Optional.of(text.toString().strip()).filter(hash -> !hash.isEmpty());
  }

  /** Replaces what is there; effective at once, also in a running service. */
  public void write(String hash) {
    try {
      Permissions.createDirectories(file.getParent());
      AtomicFiles.write(file, (hash + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw IoFailures.of("store password of the administrator", file, e);
    }
  }
}
