package org.tacvault.engine.encryption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.AtomicFiles;
import org.tacvault.engine.io.Permissions;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.secret.SecretFile;

/**
 * Files of identities as age-keygen writes them: one per line, {@code #} begins a comment line,
 * blank lines do not count. Only plain X25519 identities; no SSH keys, no plugins, no identity
 * files that are themselves encrypted.
 */
public final class IdentityFile {
  private static final String READ = "read identity file";
  private static final String WRITE = "write identity file";

  private IdentityFile() {}

  /**
   * All identities of {@code file}, at least one. {@link SecretFile#exposure} tells whether others
   * can read it.
   *
   * @throws EngineException INVALID_INPUT naming the line that is not an identity, never its text
   */
  public static List<Identity> read(Path file) {
    CharBuffer text = SecretFile.read(READ, file);
    refuseOtherKinds(file, text);
    List<String> lines = text.toString().lines().map(String::strip).toList();
    List<Identity> identities =
        IntStream.range(0, lines.size())
            .filter(index -> isContent(lines.get(index)))
            .mapToObj(index -> parse(file, index + 1, lines.get(index)))
            .toList();
    Arrays.fill(text.array(), '\0');
    if (identities.isEmpty()) {
      throw invalid(file, "it holds no identity")
          .withHint("name the file with the line " + Identity.PREFIX + "…");
    }
    return identities;
  }

  /**
   * Writes a new file, 0600, with the time and the public key as comments.
   *
   * @throws EngineException CONFLICT if {@code file} exists: a key is never overwritten
   */
  public static void write(Path file, Identity identity, Instant created) {
    try {
      writeNew(file, content(identity, created));
      AtomicFiles.syncDirectory(file.toAbsolutePath().getParent());
    } catch (FileAlreadyExistsException e) {
      throw IoFailures.of(WRITE, file, e)
          .withHint("name a new file: a key that archives were encrypted to is never replaced");
    } catch (IOException e) {
      throw IoFailures.of(WRITE, file, e);
    }
  }

  private static void writeNew(Path file, ByteBuffer content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            Permissions.privateFile(file.getFileSystem()))) {
      try {
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      } catch (IOException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    }
  }

  private static ByteBuffer content(Identity identity, Instant created) {
    String text =
        "# created: %s%n# public key: %s%n%s%n"
            .replace("%n", "\n")
            .formatted(
                created.truncatedTo(ChronoUnit.SECONDS),
                identity.recipient(),
                new String(identity.encoded().reveal()));
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isContent(String line) {
    return !line.isEmpty() && !line.startsWith("#");
  }

  private static Identity parse(Path file, int number, String line) {
    try {
      return Identity.parse(Secret.of(line));
    } catch (EngineException e) {
      throw invalid(file, "line " + number + " is not a valid identity")
          .withHint(e.hint().orElseThrow());
    }
  }

  private static void refuseOtherKinds(Path file, CharBuffer text) {
    String start = text.subSequence(0, Math.min(text.length(), 64)).toString();
    if (start.startsWith("age-encryption.org/") || start.startsWith(ArchiveKind.AGE_ARMOR)) {
      throw invalid(file, "the identity file is itself encrypted")
          .withHint("decrypt it first with: age -d " + file + ", into a file only you can read");
    }
    if (start.startsWith("-----BEGIN ") || start.startsWith("AGE-PLUGIN-")) {
      throw invalid(file, "SSH and plugin keys are not supported")
          .withHint("use an age identity (" + Identity.PREFIX + "…)");
    }
  }

  private static EngineException invalid(Path file, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, READ, file, reason);
  }
}
