package org.tacvault.engine.destination;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.IoFailures;

/**
 * An archive that is read on where it was cut. Every retry counts that brings less than a mebibyte:
 * a line that drops now and then gets a large archive through, one that is dead does not.
 */
final class ResumingInputStream extends InputStream {
  private static final String OPERATION = "read archive";
  private static final long PROGRESS_BYTES = 1 << 20;

  private final Destination destination;
  private final String path;
  private final Retries retries;
  private @Nullable InputStream stream;
  private long position;
  private long cutAt;
  private int failures;

  ResumingInputStream(Destination destination, String path, long offset, Retries retries) {
    this.destination = destination;
    this.path = path;
    this.retries = retries;
    this.position = offset;
    this.cutAt = offset;
    // A missing archive is told at once, not at the first byte.
    this.stream = retries.call(OPERATION, path, () -> destination.get(path, offset));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      try {
        int read = present().read(buffer, offset, length);
        position += Math.max(read, 0);
        return read;
      } catch (IOException e) {
        prepareNext(IoFailures.of(OPERATION, path, e), e);
      } catch (EngineException e) {
        prepareNext(e, e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    InputStream present = stream;
    stream = null;
    if (present != null) {
      present.close();
    }
  }

  private InputStream present() {
    InputStream present = stream;
    if (present == null) {
      present = destination.get(path, position);
      stream = present;
    }
    return present;
  }

  private <X extends Exception> void prepareNext(EngineException failure, X original) throws X {
    abandon(original);
    failures = position - cutAt < PROGRESS_BYTES ? failures + 1 : 1;
    cutAt = position;
    if (!Retries.mayPass(failure)) {
      throw original;
    }
    retries.waitAfter(failures, OPERATION, path, failure);
  }

  private void abandon(Exception failure) {
    try {
      close();
    } catch (IOException | EngineException e) {
      failure.addSuppressed(e);
    }
  }
}
