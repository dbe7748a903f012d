package org.tacvault.engine.archive;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A compressor whose output is whole only after {@link #finish}. Closing releases threads and
 * memory and never completes the output: what a failed body leaves behind is not well-formed, so
 * nobody takes it for a short archive. The stream below stays open either way.
 */
public abstract class FinishableOutputStream extends OutputStream {
  /**
   * Writes what is still held back and the end of the format, and flushes. Nothing can be written
   * afterwards.
   *
   * @throws IOException also when an earlier write failed
   */
  public abstract void finish() throws IOException;

  @Override
  public abstract void close() throws IOException;

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }
}
