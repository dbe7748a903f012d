package org.tacvault.engine.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Decodes base64url text with padding (RFC 4648 section 5) strictly, in blocks: the JDK's stream
 * would ignore what follows the padding. Malformed text is a {@link MalformedArchiveException}.
 */
final class Base64UrlInputStream extends InputStream {
  private static final int BLOCK_CHARACTERS = 1 << 16;
  private static final int BLOCK_BYTES = BLOCK_CHARACTERS / 4 * 3;

  private final InputStream text;
  private byte[] block = new byte[0];
  private int position;
  private boolean last;

  Base64UrlInputStream(InputStream text) {
    this.text = text;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == block.length) {
      if (last) {
        return -1;
      }
      block = decode(text.readNBytes(BLOCK_CHARACTERS));
      position = 0;
    }
    int count = Math.min(length, block.length - position);
    System.arraycopy(block, position, bytes, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  private byte[] decode(byte[] characters) throws IOException {
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(characters);
    } catch (IllegalArgumentException e) {
      throw new MalformedArchiveException("it is not base64url text");
    }
    if (decoded.length == BLOCK_BYTES) {
      return decoded;
    }
    // A short block is the last: padded as it must be, no stray bits, and nothing behind it.
    last = true;
    requireCanonical(characters, decoded);
    return decoded;
  }

  private void requireCanonical(byte[] characters, byte[] decoded) throws IOException {
    if (!Arrays.equals(Base64.getUrlEncoder().encode(decoded), characters)) {
      throw new MalformedArchiveException("its base64url text ends improperly");
    }
    if (text.read() >= 0) {
      throw new MalformedArchiveException("something follows the end of its base64url text");
    }
  }
}
