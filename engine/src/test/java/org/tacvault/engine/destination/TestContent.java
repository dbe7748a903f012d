package org.tacvault.engine.destination;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Random;
import org.tacvault.engine.io.IoConsumer;
import org.tacvault.engine.io.Sha256;

/** Contents for tests; {@link #random} is the same for the same seed and is never held whole. */
public final class TestContent {
  private static final int BLOCK_BYTES = 1 << 16;

  private TestContent() {}

  /** {@code sizeBytes} is what it claims; {@code body} writes what it likes. */
  public static Content of(long sizeBytes, IoConsumer<OutputStream> body) {
    return new Content() {
      @Override
      public long sizeBytes() {
        return sizeBytes;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        body.accept(out);
      }
    };
  }

  public static Content of(byte[] bytes) {
    return of(bytes.length, out -> out.write(bytes));
  }

  public static Content random(long seed, long sizeBytes) {
    return of(
        sizeBytes,
        out -> {
          Random random = new Random(seed);
          byte[] block = new byte[BLOCK_BYTES];
          for (long left = sizeBytes; left > 0; left -= BLOCK_BYTES) {
            random.nextBytes(block);
            out.write(block, 0, (int) Math.min(left, BLOCK_BYTES));
          }
        });
  }

  /** Writes {@code written} bytes, then fails as a broken disk or archive would. */
  public static Content failingAfter(int written, RuntimeException failure) {
    return of(
        written * 2L,
        out -> {
          out.write(new byte[written]);
          throw failure;
        });
  }

  /** SHA-256 of what {@code content} writes. */
  public static String sha256(Content content) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    content.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return Sha256.hex(digest);
  }

  /** SHA-256 of {@code in}, which is closed. */
  public static String sha256(InputStream in) throws IOException {
    try (in) {
      return Sha256.hex(in);
    }
  }
}
