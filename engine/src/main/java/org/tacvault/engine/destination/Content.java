package org.tacvault.engine.destination;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to store; may be written more than once, when a transfer is tried again. */
public interface Content {
  /** Exact length in bytes. */
  long sizeBytes() throws IOException;

  /** Writes all bytes; does not close {@code out}. */
  void writeTo(OutputStream out) throws IOException;

  /** The content of a file. */
  static Content of(Path file) {
    return new Content() {
      @Override
      public long sizeBytes() throws IOException {
        return Files.size(file);
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        Files.copy(file, out);
      }
    };
  }
}
