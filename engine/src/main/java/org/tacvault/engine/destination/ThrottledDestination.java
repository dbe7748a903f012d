package org.tacvault.engine.destination;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Another destination to and from which archives go no faster than allowed. */
public final class ThrottledDestination extends ForwardingDestination {
  // A tenth of a second, so that a stopped thread does not wait long; but no single bytes.
  private static final int PER_SECOND = 10;
  private static final int LEAST_CHUNK_BYTES = 1 << 10;
  private static final int MOST_CHUNK_BYTES = 1 << 20;

  private final Bandwidth bandwidth;
  private final long perSecond;
  private final int chunk;

  /**
   * @param perSecond bytes per second, greater than 0
   */
  public ThrottledDestination(Destination destination, Bandwidth bandwidth, long perSecond) {
    super(destination);
    this.bandwidth = bandwidth;
    this.perSecond = perSecond;
    this.chunk =
        (int) Math.max(LEAST_CHUNK_BYTES, Math.min(perSecond / PER_SECOND, MOST_CHUNK_BYTES));
  }

  @Override
  public StoredArchive put(String relativePath, Content content) {
    return super.put(
        relativePath,
        new Content() {
          @Override
          public long sizeBytes() throws IOException {
            return content.sizeBytes();
          }

          @Override
          public void writeTo(OutputStream out) throws IOException {
            content.writeTo(new SlowOutput(out, relativePath));
          }
        });
  }

  @Override
  public InputStream get(String path, long offset) {
    return new SlowInput(super.get(path, offset), path);
  }

  /** Waits before every chunk. */
  private final class SlowOutput extends FilterOutputStream {
    private final String path;

    SlowOutput(OutputStream out, String path) {
      super(out);
      this.path = path;
    }

    @Override
    public void write(int value) throws IOException {
      bandwidth.pass(1, perSecond, "store archive", path);
      out.write(value);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      for (int done = 0; done < length; done += chunk) {
        int count = Math.min(chunk, length - done);
        bandwidth.pass(count, perSecond, "store archive", path);
        out.write(buffer, offset + done, count);
      }
    }
  }

  /** Waits after every chunk. */
  private final class SlowInput extends FilterInputStream {
    private final String path;

    SlowInput(InputStream in, String path) {
      super(in);
      this.path = path;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, Math.min(chunk, length));
      if (read > 0) {
        bandwidth.pass(read, perSecond, "read archive", path);
      }
      return read;
    }
  }
}
