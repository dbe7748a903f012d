package org.tacvault.engine.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** One zstd frame (RFC 8878) with a checksum of its content, compressed on several threads. */
final class ZstdStream extends FinishableOutputStream {
  // Spares the native coder the tar writer's small pieces.
  private static final int BUFFER_BYTES = 1 << 17;

  private final Gate gate;
  private final ZstdOutputStreamNoFinalizer zstd;
  private final OutputStream buffered;
  private boolean closed;
  private boolean broken;

  ZstdStream(OutputStream out, int level, int threads) throws IOException {
    gate = new Gate(out);
    zstd =
        new ZstdOutputStreamNoFinalizer(gate, level)
            .setChecksum(true)
            .setCloseFrameOnFlush(false)
            .setWorkers(threads);
    buffered = new BufferedOutputStream(zstd, BUFFER_BYTES);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireWritable();
    broken = true;
    buffered.write(bytes, offset, length);
    broken = false;
  }

  @Override
  public void finish() throws IOException {
    requireWritable();
    broken = true;
    buffered.flush();
    closed = true;
    zstd.closeWithoutClosingParentStream();
    gate.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      // Freeing the native coder ends its frame: into nowhere.
      gate.shut = true;
      zstd.closeWithoutClosingParentStream();
    }
  }

  private void requireWritable() throws IOException {
    if (broken || closed) {
      throw new IOException(
          closed ? "the compressed stream is finished" : "an earlier write failed");
    }
  }

  private static final class Gate extends FilterOutputStream {
    private boolean shut;

    Gate(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!shut) {
        out.write(bytes, offset, length);
      }
    }
  }
}
