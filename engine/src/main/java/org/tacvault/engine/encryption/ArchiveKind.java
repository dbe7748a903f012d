package org.tacvault.engine.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.tacvault.engine.error.IoFailures;

/** What a file is, told from its first bytes; its name says nothing. */
public enum ArchiveKind {
  /** RFC 1952: a plain {@code .tar.gz}. */
  GZIP(hex("1f8b")),
  /** RFC 8878: a plain {@code .tar.zst}. */
  ZSTD(hex("28b52ffd")),
  /** The age format, binary or in its ASCII armour. */
  AGE(ascii("age-encryption.org/"), ascii(ArchiveKind.AGE_ARMOR)),
  /** The Python server's encrypted archive. */
  TCBK(ascii("TCBK")),
  /** None of these. */
  UNKNOWN;

  /** The first line of armoured age files. */
  static final String AGE_ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";

  /** So many bytes suffice for {@link #of(byte[])}. */
  public static final int PREFIX_BYTES = AGE_ARMOR.length();

  private final List<byte[]> prefixes;

  ArchiveKind(byte[]... prefixes) {
    this.prefixes = List.of(prefixes);
  }

  /** The kind of a file that begins with {@code start}. */
  public static ArchiveKind of(byte[] start) {
    return Arrays.stream(values()).filter(kind -> kind.begins(start)).findFirst().orElse(UNKNOWN);
  }

  /**
   * The kind of {@code file}.
   *
   * @throws org.tacvault.engine.error.EngineException if it cannot be read
   */
  public static ArchiveKind of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(PREFIX_BYTES));
    } catch (IOException e) {
      throw IoFailures.of("open archive", file, e);
    }
  }

  /** Whether a passphrase or identity is needed to read it. */
  public boolean isEncrypted() {
    return this == AGE || this == TCBK;
  }

  private boolean begins(byte[] start) {
    return prefixes.stream().anyMatch(prefix -> begins(start, prefix));
  }

  private static boolean begins(byte[] start, byte[] prefix) {
    return start.length >= prefix.length
        && Arrays.equals(start, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
