package org.tacvault.engine.destination;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Another destination as it is; what stands around one changes the operations that it must. */
public abstract class ForwardingDestination implements Destination {
  private final Destination destination;

  protected ForwardingDestination(Destination destination) {
    this.destination = destination;
  }

  @Override
  public StoredArchive put(String relativePath, Content content) {
    return destination.put(relativePath, content);
  }

  @Override
  public InputStream get(String path, long offset) {
    return destination.get(path, offset);
  }

  @Override
  public List<StoredArchive> list() {
    return destination.list();
  }

  @Override
  public StoredArchive stat(String path) {
    return destination.stat(path);
  }

  @Override
  public void delete(String path) {
    destination.delete(path);
  }

  @Override
  public ConnectionReport check() {
    return destination.check();
  }

  @Override
  public OptionalLong usableSpace() {
    return destination.usableSpace();
  }

  @Override
  public int sweep(Instant now) {
    return destination.sweep(now);
  }

  @Override
  public List<String> retried() {
    return destination.retried();
  }

  @Override
  public void close() {
    destination.close();
  }
}
