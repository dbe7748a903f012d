package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;

/** Opens compressed data by its first bytes, whatever its file is called. */
public final class Decompression {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
  private static final byte[] AGE = "age-encryption.org/".getBytes(US_ASCII);
  private static final byte[] PYTHON_SERVER = "TCBK".getBytes(US_ASCII);
  private static final int LONGEST = AGE.length;

  private Decompression() {}

  /**
   * The decompressed bytes of {@code source}, read to its very end: truncated, corrupt and trailing
   * data are {@link ErrorKind#VERIFICATION_FAILED}, thrown while reading. Closing it frees the
   * decoder and leaves {@code source} open.
   */
  public static InputStream open(InputStream source) {
    try {
      PushbackInputStream in = new PushbackInputStream(new CloseShield(source), LONGEST);
      byte[] start = in.readNBytes(LONGEST);
      in.unread(start);
      if (startsWith(start, GZIP)) {
        return new GzipInput(in);
      }
      if (startsWith(start, ZSTD)) {
        return new ZstdInput(in);
      }
      throw unknown(start);
    } catch (IOException e) {
      throw IoFailures.of(ArchiveDamage.OPERATION, "archive", e);
    }
  }

  private static EngineException unknown(byte[] start) {
    if (start.length == 0) {
      return ArchiveDamage.of("it is empty");
    }
    if (startsWith(start, AGE) || startsWith(start, PYTHON_SERVER)) {
      return new EngineException(
              ErrorKind.WRONG_KEY, ArchiveDamage.OPERATION, "archive", "it is still encrypted")
          .withHint("give the passphrase or the identity that opens it");
    }
    return ArchiveDamage.of("it is neither gzip nor zstd");
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static final class CloseShield extends FilterInputStream {
    CloseShield(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
