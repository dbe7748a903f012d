package org.tacvault.engine.archive;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** libdeflate: the same format as zlib, smaller and more than twice as fast. */
final class LibdeflateBlocks implements BlockDeflater {
  private final Libdeflate library;
  private final Pointer compressor;

  LibdeflateBlocks(Libdeflate library, int level) {
    this.library = library;
    this.compressor = library.libdeflate_alloc_compressor(level);
    if (compressor == null) {
      throw new OutOfMemoryError("no memory for a libdeflate compressor");
    }
  }

  @Override
  public int bound(int length) {
    return Math.toIntExact(library.libdeflate_deflate_compress_bound(compressor, length));
  }

  @Override
  public void deflate(ByteBuffer input, ByteBuffer output) {
    // JNA hands over the address of a slice's first byte; with a position it would add that again.
    ByteBuffer target = output.slice();
    long length =
        library.libdeflate_deflate_compress(
            compressor, input.slice(), input.remaining(), target, target.capacity());
    if (length == 0) {
      throw new IllegalStateException("no room for a deflated block");
    }
    output.position(output.position() + Math.toIntExact(length));
  }

  @Override
  public void close() {
    library.libdeflate_free_compressor(compressor);
  }
}
