package org.tacvault.engine.archive;

import java.nio.ByteBuffer;

/** Deflates blocks (RFC 1951), each by itself. One thread at a time. */
interface BlockDeflater extends AutoCloseable {
  /** The fastest one that this machine can run. */
  static BlockDeflater open(int level) {
    return Libdeflate.load()
        .<BlockDeflater>map(library -> new LibdeflateBlocks(library, level))
        .orElseGet(() -> new ZlibBlocks(level));
  }

  /** The most bytes that {@code length} bytes can become. */
  int bound(int length);

  /**
   * Deflates the remaining bytes of {@code input} into {@code output}, from its position on, as one
   * complete raw deflate stream; moves the position of {@code output}. Both are direct buffers;
   * {@code output} has room for {@link #bound}.
   */
  void deflate(ByteBuffer input, ByteBuffer output);

  @Override
  void close();
}
