package org.tacvault.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip (RFC 1952) of any number of members to its very end. Stricter than the JDK's: what
 * follows the last member is an error, not silence; and independent of {@code available()}, at
 * whose zero Java 17 takes the end of a member for the end of the file.
 */
final class GzipInput extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAX_HEADER_BYTES = 1 << 17;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private int headerBytes;
  private boolean atEnd;

  GzipInput(InputStream in) throws IOException {
    this.in = in;
    startMember();
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!atEnd && length > 0) {
      int inflated = inflate(bytes, offset, length);
      if (inflated > 0) {
        checksum.update(bytes, offset, inflated);
        return inflated;
      }
      if (inflater.finished()) {
        endMember();
      } else {
        feed();
      }
    }
    return atEnd ? -1 : 0;
  }

  @Override
  public void close() {
    inflater.end();
    atEnd = true;
  }

  private int inflate(byte[] bytes, int offset, int length) {
    try {
      return inflater.inflate(bytes, offset, length);
    } catch (DataFormatException e) {
      throw ArchiveDamage.of("the compressed data is corrupt").withCause(e);
    }
  }

  private void feed() throws IOException {
    if (position == limit && !fill()) {
      throw ArchiveDamage.truncated();
    }
    inflater.setInput(buffer, position, limit - position);
    position = limit;
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long expectedChecksum = littleEndian(4);
    long expectedLength = littleEndian(4);
    if (expectedChecksum != checksum.getValue()) {
      throw ArchiveDamage.of("the checksum of the compressed data is wrong");
    }
    if (expectedLength != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw ArchiveDamage.of("the length of the compressed data is wrong");
    }
    if (position == limit && !fill()) {
      atEnd = true;
    } else {
      startMember();
    }
  }

  private void startMember() throws IOException {
    headerBytes = 0;
    if (littleEndian(2) != 0x8b1f) {
      throw ArchiveDamage.of("data follows the end of the compressed data");
    }
    int method = next();
    int flags = next();
    if (method != 8 || (flags & RESERVED) != 0) {
      throw ArchiveDamage.of("the header of the compressed data is corrupt");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip((int) littleEndian(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    checksum.reset();
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      if (++headerBytes > MAX_HEADER_BYTES) {
        throw ArchiveDamage.of("the header of the compressed data is too long");
      }
    }
  }

  private long littleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << 8 * i;
    }
    return value;
  }

  private int next() throws IOException {
    if (position == limit && !fill()) {
      throw ArchiveDamage.truncated();
    }
    return buffer[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = 0;
    int read = in.read(buffer, 0, buffer.length);
    limit = Math.max(0, read);
    return read > 0;
  }
}
