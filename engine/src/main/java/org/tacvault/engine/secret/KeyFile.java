package org.tacvault.engine.secret;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.AtomicFiles;
import org.tacvault.engine.io.Permissions;

/** A file of keys, one a line; {@code #} begins a comment line. The first encrypts, all open. */
record KeyFile(Path path) {
  private static final String READ = "read secret key";
  private static final String COMMENT =
      "# Encrypts the secrets of destinations in backup_executions.db. Keep it, and keep it"
          + " private.\n";

  boolean exists() {
    return Files.exists(path);
  }

  /** A warning, if group or others may read it. */
  Optional<String> exposure() {
    return SecretFile.exposure(READ, path);
  }

  /** Its keys; none when it holds none. */
  List<SealingKey> read() {
    CharBuffer text = SecretFile.read(READ, path);
    try {
      return keys(path.toString(), text.toString());
    } finally {
      Arrays.fill(text.array(), '\0');
    }
  }

  /** Replaces the file (0600), durably, whole or not at all. */
  void write(List<SealingKey> keys) {
    String lines = keys.stream().map(key -> key.encoded() + "\n").collect(Collectors.joining());
    try {
      Permissions.createDirectories(path.getParent());
      AtomicFiles.write(path, (COMMENT + lines).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw IoFailures.of("write secret key", path, e);
    }
  }

  /** The keys in {@code text}, which stands at {@code where}: separated by lines or commas. */
  static List<SealingKey> keys(String where, String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> Arrays.stream(line.split("[,\\s]+")))
        .filter(word -> !word.isEmpty())
        .map(word -> SealingKey.parse(where, word))
        .toList();
  }
}
