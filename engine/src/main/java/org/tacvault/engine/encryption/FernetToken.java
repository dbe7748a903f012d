package org.tacvault.engine.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * The ciphertext of a binary Fernet token: {@code 80}, 8 bytes of time, 16 of initialization
 * vector, the ciphertext, 32 of HMAC-SHA256 over everything before. The last 32 bytes are held back
 * while reading, and compared at the end; the time is not checked, as backups do not expire.
 */
final class FernetToken extends InputStream {
  static final int BLOCK_BYTES = 16;

  private static final byte VERSION = (byte) 0x80;
  private static final int PREFACE_BYTES = 1 + 8 + BLOCK_BYTES;
  private static final int SIGNATURE_BYTES = 32;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream token;
  private final Mac mac;
  private final byte[] initializationVector;
  private final byte[] buffer = new byte[BUFFER_BYTES + SIGNATURE_BYTES];
  private final byte[] firstBlock;
  private int position;
  private int releasable;

  FernetToken(InputStream token, Mac mac) throws IOException {
    this.token = token;
    this.mac = mac;
    byte[] preface = token.readNBytes(PREFACE_BYTES);
    if (preface.length < PREFACE_BYTES || preface[0] != VERSION) {
      throw new MalformedArchiveException("it holds no Fernet token of version 0x80");
    }
    mac.update(preface);
    initializationVector = Arrays.copyOfRange(preface, PREFACE_BYTES - BLOCK_BYTES, PREFACE_BYTES);
    releasable = token.readNBytes(buffer, 0, buffer.length) - SIGNATURE_BYTES;
    if (releasable < BLOCK_BYTES) {
      throw new MalformedArchiveException("its Fernet token is too short");
    }
    firstBlock = Arrays.copyOf(buffer, BLOCK_BYTES);
    mac.update(buffer, 0, releasable);
  }

  /** The shortest base64url text of a token: one block. */
  static int minimumCharacters() {
    return (PREFACE_BYTES + BLOCK_BYTES + SIGNATURE_BYTES + 2) / 3 * 4;
  }

  byte[] initializationVector() {
    return initializationVector;
  }

  byte[] firstBlock() {
    return firstBlock;
  }

  /** Reads on to the end; whether the signature fits. */
  boolean isAuthentic() throws IOException {
    while (releasable > 0) {
      refill();
    }
    return signatureMatches();
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == releasable && !advance()) {
      return -1;
    }
    int count = Math.min(length, releasable - position);
    System.arraycopy(buffer, position, bytes, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    token.close();
  }

  private void refill() throws IOException {
    System.arraycopy(buffer, releasable, buffer, 0, SIGNATURE_BYTES);
    releasable = token.readNBytes(buffer, SIGNATURE_BYTES, BUFFER_BYTES);
    position = 0;
    mac.update(buffer, 0, releasable);
  }

  private boolean advance() throws IOException {
    if (releasable > 0) {
      refill();
      if (releasable == 0 && !signatureMatches()) {
        throw new MalformedArchiveException("its signature does not match");
      }
    }
    return releasable > 0;
  }

  private boolean signatureMatches() {
    return MessageDigest.isEqual(mac.doFinal(), Arrays.copyOf(buffer, SIGNATURE_BYTES));
  }
}
