package org.tacvault.engine.retention;

import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.ForwardingDestination;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Another destination whose store refuses every delete, as one with object lock does. */
final class UndeletableDestination extends ForwardingDestination {
  UndeletableDestination(Destination destination) {
    super(destination);
  }

  @Override
  public void delete(String path) {
    throw new EngineException(ErrorKind.ACCESS_DENIED, "delete archive", path, "it is locked");
  }
}
