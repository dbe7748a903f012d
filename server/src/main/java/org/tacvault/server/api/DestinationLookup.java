package org.tacvault.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.error.Violation;
import org.tacvault.server.error.ViolationException;

/** Finds the destination that a request means. */
@Component
public final class DestinationLookup {
  private static final String DESTINATION_ID = "destination_id";

  private final BackupEngine engine;

  DestinationLookup(BackupEngine engine) {
    this.engine = engine;
  }

  /** The destination of that id, else of that name; {@code 404} when there is none. */
  public DestinationRecord get(String idOrName) {
    return engine
        .catalog()
        .destinations()
        .find(idOrName)
        .orElseThrow(() -> ApiException.notFound("Destination not found"));
  }

  /** {@link #get}; the only enabled one when none is named, {@code 422} when that says nothing. */
  public DestinationRecord getOrOnly(@Nullable String idOrName) {
    if (idOrName != null) {
      return get(idOrName);
    }
    List<DestinationRecord> enabled = engine.destinations().enabled();
    if (enabled.size() != 1) {
      String reason = enabled.isEmpty() ? "no destination is" : "several destinations are";
      throw new ViolationException(
          new Violation(
              "missing",
              List.of("body", DESTINATION_ID),
              "Field required: " + reason + " enabled",
              null));
    }
    return enabled.get(0);
  }
}
