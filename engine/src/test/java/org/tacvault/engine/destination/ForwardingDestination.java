package org.tacvault.engine.destination;

import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/** Another destination as it is; faulty ones change what they need. */
public class ForwardingDestination implements Destination {
  private final Destination destination;

  public ForwardingDestination(Destination destination) {
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
  public void close() {
    destination.close();
  }
}
