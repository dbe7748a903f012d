package org.tacvault.engine.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * Up to one mebibyte of input and the gzip member (RFC 1952) that it becomes. The member's whole
 * length stands in a subfield {@code TV} of its extra field, so that a reader could find the next
 * member without inflating this one.
 */
final class GzipBlock implements AutoCloseable {
  static final int INPUT_BYTES = 1 << 20;
  static final int HEADER_BYTES = 20;
  static final int TRAILER_BYTES = 8;

  private static final int LENGTH_AT = 16;
  private static final byte[] HEADER_START = {
    0x1f,
    (byte) 0x8b,
    8, // deflate
    4, // FEXTRA
    0,
    0,
    0,
    0,
    0,
    (byte) 255, // no time, no hint, unknown system
    8,
    0,
    'T',
    'V',
    4,
    0
  };

  private final BlockDeflater deflater;
  private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
  private final ByteBuffer member;

  GzipBlock(BlockDeflater deflater) {
    this.deflater = deflater;
    this.member =
        ByteBuffer.allocateDirect(HEADER_BYTES + deflater.bound(INPUT_BYTES) + TRAILER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Takes as much as there is room for; returns how much. */
  int fill(byte[] bytes, int offset, int length) {
    int taken = Math.min(length, input.remaining());
    input.put(bytes, offset, taken);
    return taken;
  }

  boolean isEmpty() {
    return input.position() == 0;
  }

  boolean isFull() {
    return !input.hasRemaining();
  }

  /** Makes the member from the input, which is then empty. */
  GzipBlock compress() {
    input.flip();
    CRC32 checksum = new CRC32();
    checksum.update(input.duplicate());
    member.clear();
    member.put(HEADER_START).putInt(0);
    deflater.deflate(input, member);
    member.putInt((int) checksum.getValue()).putInt(input.limit());
    member.putInt(LENGTH_AT, member.position());
    member.flip();
    input.clear();
    return this;
  }

  /** Writes the member up to its trailer. */
  void writeBody(OutputStream out) throws IOException {
    byte[] chunk = new byte[1 << 16];
    int end = member.limit() - TRAILER_BYTES;
    while (member.position() < end) {
      int length = Math.min(chunk.length, end - member.position());
      member.get(chunk, 0, length);
      out.write(chunk, 0, length);
    }
  }

  /** The rest, after {@link #writeBody}. */
  byte[] trailer() {
    byte[] trailer = new byte[TRAILER_BYTES];
    member.get(trailer);
    return trailer;
  }

  @Override
  public void close() {
    deflater.close();
  }
}
