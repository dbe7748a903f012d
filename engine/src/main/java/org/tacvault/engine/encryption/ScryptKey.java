package org.tacvault.engine.encryption;

import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.SCrypt;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

/**
 * The key that wraps an age file key under a passphrase: scrypt (RFC 7914), r = 8, p = 1, salted
 * with a label and 16 random bytes.
 */
final class ScryptKey {
  /** Less would make guessing cheap. */
  static final int MIN_WORK_FACTOR = 10;

  /** The bound of the age tool when it reads: 4 GiB. */
  static final int MAX_WORK_FACTOR = 22;

  static final int SALT_BYTES = 16;

  private static final byte[] LABEL =
      "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);
  private static final int BLOCK_SIZE = 8;
  private static final int KEY_BYTES = 32;

  private ScryptKey() {}

  /**
   * @throws EngineException FAILED, telling the heap that is needed, if this one is too small
   */
  static CipherKey derive(String operation, Secret passphrase, byte[] salt, int workFactor) {
    long heap = Runtime.getRuntime().maxMemory();
    if (memoryBytes(workFactor) > heap / 4 * 3) {
      throw heapTooSmall(operation, workFactor);
    }
    byte[] secret = utf8(passphrase);
    try {
      return new CipherKey(
          SCrypt.generate(secret, labelled(salt), 1 << workFactor, BLOCK_SIZE, 1, KEY_BYTES));
    } catch (OutOfMemoryError e) {
      // One allocation of known size, given up at once: the process can go on.
      throw heapTooSmall(operation, workFactor).withCause(e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static long memoryBytes(int workFactor) {
    return 128L * BLOCK_SIZE << workFactor;
  }

  private static EngineException heapTooSmall(String operation, int workFactor) {
    long needed = memoryBytes(workFactor) >> 20;
    return new EngineException(
            ErrorKind.FAILED,
            operation,
            "passphrase",
            "work factor %d takes %d MiB of memory, more than the Java heap has to spare"
                .formatted(workFactor, needed))
        .withHint(
            "run with a heap of at least %d MiB (java -Xmx%dm)".formatted(2 * needed, 2 * needed));
  }

  private static byte[] labelled(byte[] salt) {
    byte[] whole = Arrays.copyOf(LABEL, LABEL.length + salt.length);
    System.arraycopy(salt, 0, whole, LABEL.length, salt.length);
    return whole;
  }

  private static byte[] utf8(Secret secret) {
    char[] characters = secret.reveal();
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    Arrays.fill(characters, '\0');
    Arrays.fill(encoded.array(), (byte) 0);
    return bytes;
  }
}
