package org.tacvault.engine.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tacvault.engine.error.IoFailures;

/** Opens archives of every kind, told from their content. */
public final class Decryption {
  private Decryption() {}

  /**
   * The plain archive (gzip or zstd) in {@code file}; one that is not encrypted comes as it is.
   * Memory does not grow with the archive.
   *
   * <p>Nothing unauthenticated is ever handed out. But an age archive that was cut is known as such
   * only at its end: use the content only after {@code read} returned -1. Until then a read may
   * throw an {@link org.tacvault.engine.error.EngineException} VERIFICATION_FAILED (unchecked,
   * since decompressors take an {@link IOException} near the end for a harmless one); so will every
   * later read. A TCBK archive is authenticated as a whole before this method returns, which reads
   * the file once more; nobody else may write to {@code file} meanwhile.
   *
   * <p>A damaged header cannot always be told from a wrong key, since the key is what would tell.
   *
   * @throws org.tacvault.engine.error.EngineException WRONG_KEY if a passphrase or identity is
   *     missing or does not fit; VERIFICATION_FAILED if the file is no archive, cut or damaged;
   *     FAILED if the heap is too small for the passphrase's work factor; the kinds of {@link
   *     IoFailures} if it cannot be read
   */
  public static InputStream open(Path file, Keys keys) {
    OpenFailures failures = new OpenFailures(file);
    ArchiveKind kind = ArchiveKind.of(file);
    try {
      return switch (kind) {
        case GZIP, ZSTD -> Files.newInputStream(file);
        case AGE -> openAge(file, new AgeDecryption(keys, failures));
        case TCBK -> new TcbkDecryption(keys, failures).open(file);
        case UNKNOWN -> throw failures.notAnArchive();
      };
    } catch (IOException e) {
      throw IoFailures.of(OpenFailures.OPERATION, file, e);
    }
  }

  private static InputStream openAge(Path file, AgeDecryption age) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      return age.open(raw);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }
}
