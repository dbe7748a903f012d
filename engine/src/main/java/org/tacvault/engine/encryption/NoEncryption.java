package org.tacvault.engine.encryption;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Passes archives through. */
final class NoEncryption implements Encryption {
  @Override
  public EncryptingStream encrypt(OutputStream out) {
    return new PlainStream(out);
  }

  @Override
  public String suffix() {
    return "";
  }

  @Override
  public Optional<String> algorithm() {
    return Optional.empty();
  }

  private static final class PlainStream extends EncryptingStream {
    private final OutputStream out;
    private boolean finished;

    PlainStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (finished) {
        throw new IOException("the archive is already finished");
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void finish() throws IOException {
      finished = true;
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
