package org.tacvault.engine;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.backup.ServerContexts;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.ConfiguredDestinations;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.destination.Bandwidth;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.DestinationTypes;
import org.tacvault.engine.destination.SecretFields;
import org.tacvault.engine.destination.ThrottledDestination;
import org.tacvault.engine.destination.local.LocalSettings;

/** Opens the destinations of a home under its settings: types, roots, retries, bandwidth. */
final class DestinationAccess {
  private final EngineOptions options;
  private final ServerContexts contexts;
  private final Supplier<Catalog> catalog;
  private final Bandwidth bandwidth = new Bandwidth();

  DestinationAccess(EngineOptions options, ServerContexts contexts, Supplier<Catalog> catalog) {
    this.options = options;
    this.contexts = contexts;
    this.catalog = catalog;
  }

  /** For work that needs a sound configuration. */
  ConfiguredDestinations strict() {
    return destinations(
        () ->
            BackupConfig.from(TacacsConfig.load(options.home(), contexts.environment()))
                .allowedRoots());
  }

  /**
   * For reading, also when the configuration is broken. The roots were in force when the
   * destination was added; they must not keep a restore from mending the very file that they stand
   * in.
   */
  ConfiguredDestinations readable() {
    return destinations(() -> settings().map(BackupConfig::allowedRoots).orElse(List.of()));
  }

  /** The known secrets of all types of destinations. */
  SecretFields secretFields() {
    return SecretFields.known().with(types(List::of));
  }

  private ConfiguredDestinations destinations(Supplier<List<Path>> allowedRoots) {
    return new ConfiguredDestinations(
        catalog.get().destinations(),
        types(allowedRoots),
        contexts.environment().variables(),
        options.retryPolicy(),
        this::throttled);
  }

  private DestinationTypes types(Supplier<List<Path>> allowedRoots) {
    Map<String, DestinationTypes.Parser> types = new HashMap<>(options.destinationTypes());
    types.put("local", config -> LocalSettings.parse(config, allowedRoots.get()));
    return new DestinationTypes(types);
  }

  private Destination throttled(Destination destination) {
    long limit = settings().map(BackupConfig::bandwidthLimit).orElse(0L);
    return limit == 0 ? destination : new ThrottledDestination(destination, bandwidth, limit);
  }

  private Optional<BackupConfig> settings() {
    return contexts.liveIfReadable().flatMap(ServerContext::validSettings);
  }
}
