package org.tacvault.engine.retention;

import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.destination.Content;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Another destination whose store refuses every delete, as one with object lock does. */
record UndeletableDestination(Destination destination) implements Destination {
  @Override
  public StoredArchive put(String relativePath, Content content) {
    return destination.put(relativePath, content);
  }

  @Override
  public InputStream get(String path) {
    return destination.get(path);
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
    throw new EngineException(ErrorKind.ACCESS_DENIED, "delete archive", path, "it is locked");
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
