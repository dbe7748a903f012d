package org.tacvault.server.error;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** Fails when more than {@code limit} bytes are read. */
final class LimitedInputStream extends ServletInputStream {
  private final ServletInputStream in;
  private final long limit;
  private long read;

  LimitedInputStream(ServletInputStream in, long limit) {
    this.in = in;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    count(Math.max(0, count));
    return count;
  }

  @Override
  public boolean isFinished() {
    return in.isFinished();
  }

  @Override
  public boolean isReady() {
    return in.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    in.setReadListener(listener);
  }

  private void count(int bytes) throws IOException {
    read += bytes;
    if (read > limit) {
      throw new BodyTooLargeException(limit);
    }
  }
}
