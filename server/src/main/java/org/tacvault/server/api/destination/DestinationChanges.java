package org.tacvault.server.api.destination;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationChange;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.retention.DefaultRetention;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.error.ApiException;

/** Where archives go: added, changed, tested, deleted. */
@Component
public final class DestinationChanges {
  private static final Logger LOG = LoggerFactory.getLogger(DestinationChanges.class);
  private static final String CHANGEABLE = "name, type, enabled, config, retention_days";

  private final BackupEngine engine;
  private final DestinationLookup lookup;
  private final InstantSource clock;

  DestinationChanges(BackupEngine engine, DestinationLookup lookup, InstantSource clock) {
    this.engine = engine;
    this.lookup = lookup;
    this.clock = clock;
  }

  /** Adds a destination, after a connection test. */
  public DestinationRecord add(DestinationRequests.New wish, String createdBy) {
    NewDestination wished = wished(wish, createdBy);
    return tested(() -> engine.destinations().add(wished));
  }

  /** Changes what is sent; a new configuration is tested first. */
  public void change(String id, DestinationRequests.Change wish) {
    DestinationRecord row = lookup.get(id);
    Map<String, Object> unknown = wish.unknown();
    if (unknown != null && !unknown.isEmpty()) {
      throw new ApiException(
          HttpStatus.BAD_REQUEST,
          "Unknown fields: " + String.join(", ", unknown.keySet()),
          "allowed are: " + CHANGEABLE);
    }
    tested(() -> engine.destinations().change(row.id(), change(wish)));
  }

  /** Deletes a destination to which no execution refers, and its jobs; archives stay. */
  public void delete(String id) {
    DestinationRecord row = lookup.get(id);
    try {
      engine
          .removeDestination(row.id())
          .forEach(
              job -> LOG.warn("Job '{}' went with its destination '{}'", job.id(), row.name()));
    } catch (EngineException e) {
      // What the Python server answers; others are clashes of names.
      throw e.kind() == ErrorKind.CONFLICT
          ? new ApiException(HttpStatus.BAD_REQUEST, e.reason(), e.hint().orElse(null))
          : e;
    }
  }

  /** Tests the connection of a stored destination. */
  public DestinationViews.Tested test(String id) {
    DestinationRecord row = lookup.get(id);
    try {
      return DestinationViews.Tested.of(
          row.type(), engine.destinations().test(row.id()), clock.instant());
    } catch (EngineException e) {
      return DestinationViews.Tested.of(e, clock.instant());
    }
  }

  /** Tests a connection that need not be stored. */
  public DestinationViews.Tested test(DestinationRequests.Trial trial) {
    String stored = trial.destinationId();
    ConnectionReport report =
        stored == null
            ? engine.destinations().test(trial.type(), trial.config())
            : engine.destinations().test(lookup.get(stored).id(), trial.type(), trial.config());
    return DestinationViews.Tested.of(trial.type(), report, clock.instant());
  }

  private NewDestination wished(DestinationRequests.New wish, String createdBy) {
    Integer days = wish.retentionDays();
    return days == null
        ? DefaultRetention.destination(
            engine.getBackupConfig(),
            wish.name(),
            wish.type(),
            wish.config(),
            clock.instant(),
            createdBy)
        : NewDestination.keepingDays(
            wish.name(), wish.type(), wish.config(), days, clock.instant(), createdBy);
  }

  private static DestinationChange change(DestinationRequests.Change wish) {
    return new DestinationChange(
        wish.name(), wish.type(), wish.enabled(), wish.config(), wish.retentionDays(), null, null);
  }

  /** A test that fails says that the request was no good, whatever the reason. */
  private static DestinationRecord tested(Supplier<DestinationRecord> work) {
    try {
      return work.get();
    } catch (EngineException e) {
      throw ConnectionReport.caused(e)
          ? new ApiException(HttpStatus.BAD_REQUEST, e.reason(), e.hint().orElse(null))
          : e;
    }
  }
}
