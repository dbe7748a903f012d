package org.tacvault.engine;

import java.time.InstantSource;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.home.Home;

/** What an engine is opened with. */
public record EngineOptions(Home home, Environment environment, InstantSource clock) {
  /** The home at its usual places, with the environment and clock of this process. */
  public static EngineOptions of(Home home) {
    return new EngineOptions(home, Environment.system(), InstantSource.system());
  }

  public EngineOptions withEnvironment(Environment newEnvironment) {
    return new EngineOptions(home, newEnvironment, clock);
  }

  public EngineOptions withClock(InstantSource newClock) {
    return new EngineOptions(home, environment, newClock);
  }
}
