package org.tacvault.engine.encryption;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Encrypts what is written. Only {@link #finish} makes the output whole; {@link #close} alone, as
 * try-with-resources does it after an exception, leaves an output that no reader accepts, so that
 * an interrupted backup can never pass for a short one. (Without encryption there is nothing to
 * break: there the archive format itself must be left unfinished.)
 */
public abstract class EncryptingStream extends OutputStream {
  EncryptingStream() {}

  /**
   * Writes the end and flushes; does not close. Nothing can be written after it. Doing it again
   * changes nothing.
   *
   * @throws IOException as thrown by the stream below, also if an earlier write failed
   */
  public abstract void finish() throws IOException;

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  /** Closes the stream below, and never finishes. */
  @Override
  public abstract void close() throws IOException;
}
