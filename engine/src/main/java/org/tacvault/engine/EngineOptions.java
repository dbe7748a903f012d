package org.tacvault.engine;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.destination.DestinationTypes;
import org.tacvault.engine.destination.RetryPolicy;
import org.tacvault.engine.home.Home;

/**
 * What an engine is opened with.
 *
 * @param destinationTypes types of destinations besides our own, by name
 * @param retryPolicy what is tried again at destinations, and when
 */
public record EngineOptions(
    Home home,
    Environment environment,
    InstantSource clock,
    Map<String, DestinationTypes.Parser> destinationTypes,
    RetryPolicy retryPolicy) {
  public EngineOptions {
    destinationTypes = Map.copyOf(destinationTypes);
  }

  public EngineOptions(Home home, Environment environment, InstantSource clock) {
    this(home, environment, clock, Map.of(), RetryPolicy.DEFAULT);
  }

  /** The home at its usual places, with the environment and clock of this process. */
  public static EngineOptions of(Home home) {
    return new EngineOptions(home, Environment.system(), InstantSource.system());
  }

  public EngineOptions withEnvironment(Environment newEnvironment) {
    return new EngineOptions(home, newEnvironment, clock, destinationTypes, retryPolicy);
  }

  public EngineOptions withClock(InstantSource newClock) {
    return new EngineOptions(home, environment, newClock, destinationTypes, retryPolicy);
  }

  /** Adds a type of destinations, in lower case; our own cannot be replaced. */
  public EngineOptions withDestinationType(String name, DestinationTypes.Parser type) {
    Map<String, DestinationTypes.Parser> types = new HashMap<>(destinationTypes);
    types.put(name, type);
    return new EngineOptions(home, environment, clock, types, retryPolicy);
  }

  /** Other retries than two, after one second and after two. */
  public EngineOptions withRetryPolicy(RetryPolicy newPolicy) {
    return new EngineOptions(home, environment, clock, destinationTypes, newPolicy);
  }
}
