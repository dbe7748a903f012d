package org.tacvault.engine.encryption;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

/** What the tests of this package encrypt, and how they do it. */
final class Samples {
  static final Secret PASSPHRASE = Secret.of("correct horse battery staple");
  static final int CHUNK = 1 << 16;

  private Samples() {}

  /** Quick to derive; production takes {@link Encryption#DEFAULT_WORK_FACTOR}. */
  static Encryption passphrase(Secret passphrase) {
    return Encryption.passphrase(passphrase, ScryptKey.MIN_WORK_FACTOR);
  }

  static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  static byte[] encrypted(Encryption encryption, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EncryptingStream stream = encryption.encrypt(out)) {
      stream.write(content);
      stream.finish();
    }
    return out.toByteArray();
  }

  static byte[] decrypted(Path file, Keys keys) throws IOException {
    try (InputStream in = Decryption.open(file, keys)) {
      return in.readAllBytes();
    }
  }

  static EngineException failureOf(ThrowingCallable call) {
    EngineException failure = Assertions.catchThrowableOfType(EngineException.class, call);
    Assertions.assertThat(failure).as("an EngineException").isNotNull();
    Assertions.assertThat(failure.hint()).as("hint of " + failure).isPresent();
    return failure;
  }

  static void assertFails(ThrowingCallable call, ErrorKind kind, String reason) {
    EngineException failure = failureOf(call);
    Assertions.assertThat(failure.kind()).as(failure.toString()).isEqualTo(kind);
    Assertions.assertThat(failure.reason()).contains(reason);
  }
}
