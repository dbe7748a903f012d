package org.tacvault.server.api.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.springframework.core.io.AbstractResource;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;

/** A stored archive as the web framework streams it, whole or in ranges. */
final class StoredArchiveResource extends AbstractResource {
  private final StoredArchive archive;
  private final Supplier<Destination> source;

  /**
   * @param source opens the destination; it is closed with each stream
   */
  StoredArchiveResource(StoredArchive archive, Supplier<Destination> source) {
    this.archive = archive;
    this.source = source;
  }

  @Override
  public InputStream getInputStream() {
    Destination destination = source.get();
    try {
      return new ClosingStream(destination.get(archive.path()), destination);
    } catch (RuntimeException | Error e) {
      destination.close();
      throw e;
    }
  }

  @Override
  public long contentLength() {
    return archive.sizeBytes();
  }

  @Override
  public long lastModified() {
    return archive.modified().toEpochMilli();
  }

  @Override
  public String getFilename() {
    return archive.filename();
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public String getDescription() {
    return "stored archive " + archive.path();
  }

  /** Closes the destination with the stream. */
  private static final class ClosingStream extends FilterInputStream {
    private final Destination destination;

    ClosingStream(InputStream in, Destination destination) {
      super(in);
      this.destination = destination;
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        destination.close();
      }
    }
  }
}
