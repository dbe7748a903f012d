package org.tacvault.engine.catalog;

import java.util.List;
import java.util.Map;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.DestinationSettings;
import org.tacvault.engine.destination.DestinationTypes;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** The destinations of the catalog, ready to be tested, opened and listed. */
public final class ConfiguredDestinations {
  private final Destinations records;
  private final DestinationTypes types;

  public ConfiguredDestinations(Destinations records, DestinationTypes types) {
    this.records = records;
    this.types = types;
  }

  /** The rows themselves. */
  public Destinations records() {
    return records;
  }

  /**
   * Checks and tests a destination, then stores it with its configuration normalised; returns the
   * row.
   */
  public DestinationRecord add(NewDestination wished) {
    DestinationSettings settings = types.parse(wished.type(), wished.config());
    records.requireFree(wished.name());
    test(settings).requirePassed("add destination", "'" + wished.name() + "'");
    return records.add(
        new NewDestination(
            wished.name(),
            settings.type(),
            settings.toConfig(),
            wished.retentionDays(),
            wished.retentionStrategy(),
            wished.retentionConfig(),
            wished.createdAt(),
            wished.createdBy()));
  }

  /** Changes a destination. A new type or configuration is checked and tested first. */
  public DestinationRecord change(String idOrName, DestinationChange change) {
    DestinationRecord old = records.get(idOrName);
    if (change.type() == null && change.config() == null) {
      return records.update(old.id(), change);
    }
    DestinationRecord wished = change.applyTo(old);
    DestinationSettings settings =
        types.parse(wished.type(), records.unmasked(old, wished.config()));
    test(settings).requirePassed("change destination", "'" + old.name() + "'");
    return records.update(old.id(), change.withConfig(settings.type(), settings.toConfig()));
  }

  /** Runs the connection test of a stored destination; a failure is in the report. */
  public ConnectionReport test(String idOrName) {
    DestinationRecord row = records.get(idOrName);
    return test(types.parse(row.type(), row.config()));
  }

  /** Runs the connection test of a configuration that need not be stored. */
  public ConnectionReport test(String type, Map<String, Object> config) {
    return test(types.parse(type, config));
  }

  /** Opens a stored destination; the caller closes it. */
  public Destination open(DestinationRecord row) {
    return types.parse(row.type(), row.config()).open();
  }

  /** The destination that is meant when nobody names one: the only enabled one. */
  public DestinationRecord only() {
    List<DestinationRecord> enabled = enabled();
    if (enabled.size() == 1) {
      return enabled.get(0);
    }
    EngineException failure =
        new EngineException(
            enabled.isEmpty() ? ErrorKind.NOT_FOUND : ErrorKind.INVALID_INPUT,
            "choose destination",
            "for this home",
            enabled.isEmpty() ? "no destination is enabled" : "several destinations are enabled");
    throw failure.withHint(
        enabled.isEmpty()
            ? "add one: tacvault destination add NAME --type local --path DIR; or use --to DIR"
            : "name one with --destination: "
                + String.join(", ", enabled.stream().map(DestinationRecord::name).toList()));
  }

  /** All enabled ones, newest first. */
  public List<DestinationRecord> enabled() {
    return records.list().stream().filter(DestinationRecord::enabled).toList();
  }

  private static ConnectionReport test(DestinationSettings settings) {
    try (Destination destination = settings.open()) {
      return destination.check();
    }
  }
}
