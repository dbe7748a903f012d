package org.tacvault.engine.archive;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads zstd (RFC 8878) of any number of frames to its very end. Windows up to 128 MiB are decoded,
 * which is the native memory that it takes at most.
 */
final class ZstdInput extends InputStream {
  private static final int MAX_WINDOW_LOG = 27;

  private final ZstdInputStreamNoFinalizer zstd;

  ZstdInput(InputStream in) throws IOException {
    zstd = new ZstdInputStreamNoFinalizer(in).setContinuous(false).setLongMax(MAX_WINDOW_LOG);
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return zstd.read(bytes, offset, length);
    } catch (ZstdIOException e) {
      throw ArchiveDamage.of("the compressed data is truncated or corrupt: " + e.getMessage())
          .withCause(e);
    }
  }

  /** Also closes the source. */
  @Override
  public void close() throws IOException {
    zstd.close();
  }
}
