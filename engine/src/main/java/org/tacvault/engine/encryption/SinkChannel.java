package org.tacvault.engine.encryption;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes whole buffers to a stream; closing the channel leaves the stream open. */
final class SinkChannel implements WritableByteChannel {
  private final OutputStream out;
  private boolean open = true;

  SinkChannel(OutputStream out) {
    this.out = out;
  }

  OutputStream stream() {
    return out;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    out.write(bytes);
    return bytes.length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
