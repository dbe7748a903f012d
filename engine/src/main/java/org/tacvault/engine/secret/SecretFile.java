package org.tacvault.engine.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;

/** Small UTF-8 files that hold a secret: how they are read, and who else could read them. */
public final class SecretFile {
  /** No passphrase or list of identities is larger; a larger file is a mistake. */
  static final int MAX_BYTES = 1 << 16;

  private static final Set<PosixFilePermission> READ_BY_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private SecretFile() {}

  /**
   * The whole text of {@code file}, which may also be a pipe.
   *
   * @throws EngineException INVALID_INPUT if it is larger than 64 KiB or not UTF-8; the kinds of
   *     {@link IoFailures} if it cannot be read
   */
  public static CharBuffer read(String operation, Path file) {
    byte[] content = bytes(operation, file);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
    } catch (CharacterCodingException e) {
      throw new EngineException(ErrorKind.INVALID_INPUT, operation, file, "is not UTF-8 text")
          .withHint("save the file as UTF-8; a wrong encoding makes a different secret");
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /** A warning, if group or others may read {@code file}; empty where POSIX modes are unknown. */
  public static Optional<String> exposure(String operation, Path file) {
    try {
      if (!Files.isRegularFile(file)
          || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        return Optional.empty();
      }
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      return mode.stream().noneMatch(READ_BY_OTHERS::contains)
          ? Optional.empty()
          : Optional.of(warning(file, mode));
    } catch (IOException e) {
      throw IoFailures.of(operation, file, e);
    }
  }

  private static String warning(Path file, Set<PosixFilePermission> mode) {
    return "other users can read "
        + file
        + " (mode "
        + PosixFilePermissions.toString(mode)
        + "); run: chmod 600 "
        + file;
  }

  private static byte[] bytes(String operation, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new EngineException(
                ErrorKind.INVALID_INPUT, operation, file, "is larger than " + MAX_BYTES + " bytes")
            .withHint("name the file that holds the secret itself, not an archive or a log");
      }
      return content;
    } catch (IOException e) {
      throw IoFailures.of(operation, file, e);
    }
  }
}
