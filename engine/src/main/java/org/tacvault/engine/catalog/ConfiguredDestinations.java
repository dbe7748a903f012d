package org.tacvault.engine.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.DestinationSettings;
import org.tacvault.engine.destination.DestinationTypes;
import org.tacvault.engine.destination.Retries;
import org.tacvault.engine.destination.RetryLog;
import org.tacvault.engine.destination.RetryPolicy;
import org.tacvault.engine.destination.RetryingDestination;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.secret.SecretReference;

/**
 * The destinations of the catalog, ready to be tested, opened and listed. References to secrets are
 * looked up when a destination is tested or opened.
 */
public final class ConfiguredDestinations {
  private final Destinations records;
  private final DestinationTypes types;
  private final Map<String, String> environment;
  private final RetryPolicy retryPolicy;
  private final UnaryOperator<Destination> wrapping;

  /**
   * @param environment where {@code env:NAME} is looked up
   * @param retryPolicy of opened destinations; tests of connections show the first failure
   * @param wrapping what every opened destination is put into, inside of the retries
   */
  public ConfiguredDestinations(
      Destinations records,
      DestinationTypes types,
      Map<String, String> environment,
      RetryPolicy retryPolicy,
      UnaryOperator<Destination> wrapping) {
    this.records = records;
    this.types = types;
    this.environment = environment;
    this.retryPolicy = retryPolicy;
    this.wrapping = wrapping;
  }

  /** The types that there are, by name. */
  public Set<String> types() {
    return types.names();
  }

  /** The rows themselves. */
  public Destinations records() {
    return records;
  }

  /**
   * Checks and tests a destination, then stores it with its configuration normalised and its
   * secrets encrypted; returns the row.
   */
  public DestinationRecord add(NewDestination wished) {
    records.requireNoMask(wished.config());
    DestinationSettings settings = parse(wished.type(), wished.config());
    records.requireFree(wished.name());
    test(settings).requirePassed("add destination", "'" + wished.name() + "'");
    return records.add(
        new NewDestination(
            wished.name(),
            settings.type(),
            normalised(settings, wished.config()),
            wished.retentionDays(),
            wished.retentionStrategy(),
            wished.retentionConfig(),
            wished.createdAt(),
            wished.createdBy()));
  }

  /**
   * Changes a destination. A new type or configuration is checked and tested first; a mask in it
   * keeps the value that is stored.
   */
  public DestinationRecord change(String idOrName, DestinationChange change) {
    DestinationRecord old = records.get(idOrName);
    if (change.type() == null && change.config() == null) {
      return records.update(old.id(), change);
    }
    DestinationRecord wished = change.applyTo(old);
    DestinationSettings settings = parse(wished.type(), records.unmasked(old, wished.config()));
    test(settings).requirePassed("change destination", "'" + old.name() + "'");
    return records.update(
        old.id(), change.withConfig(settings.type(), normalised(settings, wished.config())));
  }

  /** Runs the connection test of a stored destination; a failure is in the report. */
  public ConnectionReport test(String idOrName) {
    return test(settings(records.get(idOrName)));
  }

  /** Runs the connection test of a configuration that need not be stored. */
  public ConnectionReport test(String type, Map<String, Object> config) {
    records.requireNoMask(config);
    return test(parse(type, config));
  }

  /**
   * Runs the connection test of what a stored destination could become; a mask stands for the
   * secret that is stored.
   */
  public ConnectionReport test(String idOrName, String type, Map<String, Object> config) {
    return test(parse(type, records.unmasked(records.get(idOrName), config)));
  }

  /** Opens a stored destination; the caller closes it. */
  public Destination open(DestinationRecord row) {
    DestinationSettings settings = settings(row);
    RetryLog log = new RetryLog();
    Retries retries = new Retries(retryPolicy, log);
    Destination once =
        retries.call("open", "destination '" + row.name() + "'", () -> settings.open(retries));
    return new RetryingDestination(wrapping.apply(once), retries, log);
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

  private DestinationSettings settings(DestinationRecord row) {
    try {
      return parse(row.type(), records.opened(row));
    } catch (EngineException e) {
      // Keys may have been rotated since the row was read.
      DestinationRecord now = records.find(row.id()).orElse(row);
      if (e.kind() != ErrorKind.WRONG_KEY || now.config().equals(row.config())) {
        throw e;
      }
      return parse(now.type(), records.opened(now));
    }
  }

  private DestinationSettings parse(String type, Map<String, Object> config) {
    Map<String, Object> clear = new LinkedHashMap<>();
    config.forEach((key, value) -> clear.put(key, resolved(type, key, value)));
    return types.parse(type, clear);
  }

  private @Nullable Object resolved(String type, String key, @Nullable Object value) {
    if (value instanceof Secret secret) {
      return new String(secret.reveal());
    }
    return records.isReference(type, key, value)
        ? new String(new SecretReference(String.valueOf(value)).resolve(environment).reveal())
        : value;
  }

  /** What settings are made of, but secrets as they were handed in: as references, for example. */
  private Map<String, Object> normalised(
      DestinationSettings settings, Map<String, Object> handedIn) {
    Map<String, Object> normalised = new LinkedHashMap<>(settings.toConfig());
    normalised.replaceAll(
        (key, value) ->
            records.isSecret(settings.type(), key) || handedIn.get(key) instanceof Secret
                ? handedIn.getOrDefault(key, value)
                : value);
    return normalised;
  }

  private static ConnectionReport test(DestinationSettings settings) {
    try (Destination destination = settings.open()) {
      return destination.check();
    }
  }
}
