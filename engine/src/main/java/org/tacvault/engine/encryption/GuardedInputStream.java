package org.tacvault.engine.encryption;

import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecodingException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;

/**
 * Decrypted content whose failures stay: after one, every read fails and none says "end", whatever
 * the layers above swallow. Damage is told as such; a failing disk stays an {@link IOException}.
 */
final class GuardedInputStream extends InputStream {
  private static final String CUT_OR_DAMAGED = "it is cut short, or its content is damaged";

  private final InputStream content;
  private final OpenFailures failures;
  private @Nullable EngineException failure;

  GuardedInputStream(InputStream content, OpenFailures failures) {
    this.content = content;
    this.failures = failures;
  }

  /** Whether {@code failure} is about the bytes, not about getting at them. */
  static boolean isDamage(IOException failure) {
    return failure instanceof PayloadException
        || failure instanceof ArmoredDecodingException
        || failure instanceof MalformedArchiveException
        || failure.getCause() instanceof GeneralSecurityException;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (failure != null) {
      throw failure;
    }
    return readGuarded(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private int readGuarded(byte[] bytes, int offset, int length) throws IOException {
    try {
      return content.read(bytes, offset, length);
    } catch (RuntimeException e) {
      throw remember(failures.damaged(CUT_OR_DAMAGED, e));
    } catch (IOException e) {
      EngineException damaged = remember(failures.damaged(CUT_OR_DAMAGED, e));
      if (isDamage(e)) {
        throw damaged;
      }
      throw e;
    }
  }

  private EngineException remember(EngineException found) {
    failure = found;
    return found;
  }
}
