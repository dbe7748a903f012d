package org.tacvault.engine.encryption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** The library ends the payload when its channel is closed; here only {@link #finish} does that. */
final class AgeOutputStream extends EncryptingStream {
  private enum State {
    OPEN,
    FINISHED,
    BROKEN
  }

  private final WritableByteChannel channel;
  private final SinkChannel sink;
  private State state = State.OPEN;

  AgeOutputStream(WritableByteChannel channel, SinkChannel sink) {
    this.channel = channel;
    this.sink = sink;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    state = State.BROKEN;
    channel.write(ByteBuffer.wrap(bytes, offset, length));
    state = State.OPEN;
  }

  /** Flushes whole chunks of 64 KiB; the last, open one stays. */
  @Override
  public void flush() throws IOException {
    sink.stream().flush();
  }

  @Override
  public void finish() throws IOException {
    if (state == State.FINISHED) {
      return;
    }
    requireOpen();
    state = State.BROKEN;
    channel.close();
    sink.stream().flush();
    state = State.FINISHED;
  }

  @Override
  public void close() throws IOException {
    if (state == State.OPEN) {
      state = State.BROKEN;
    }
    sink.stream().close();
  }

  private void requireOpen() throws IOException {
    if (state != State.OPEN) {
      throw new IOException(
          state == State.FINISHED
              ? "the archive is already finished"
              : "an earlier write failed or the stream was closed: the archive is not whole");
    }
  }
}
