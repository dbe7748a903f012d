package org.tacvault.engine.backup;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.InstanceName;
import org.tacvault.engine.config.OverridesDatabase;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.home.Instance;

/** Reads what a home says about its server. */
public final class ServerContexts {
  private final Home home;
  private final Environment environment;
  private final Supplier<String> ownInstanceId;

  /**
   * @param ownInstanceId the id that is used, and kept, when the server has none
   */
  public ServerContexts(Home home, Environment environment, Supplier<String> ownInstanceId) {
    this.home = home;
    this.environment = environment;
    this.ownInstanceId = ownInstanceId;
  }

  /**
   * The server as it is now; fails when its configuration or overrides cannot be read or are not
   * valid.
   */
  public ServerContext live() {
    ServerContext live =
        of(home.configFile(), OverridesDatabase.read(home.overridesDatabase()), environment);
    live.settings();
    return live;
  }

  /**
   * The server as it is now, for a restore that may be there to mend just that: overrides that
   * cannot be read count as none, and {@code [backup]} need not be valid, since the paths of the
   * databases do not depend on it. Empty when there is no configuration file or it cannot be read.
   */
  public Optional<ServerContext> liveIfReadable() {
    // Looked for first: without it there may be no home, and describing a server keeps its id
    // there.
    if (Files.notExists(home.configFile(), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(home.configFile(), readableOverrides(), environment));
    } catch (EngineException e) {
      return Optional.empty();
    }
  }

  /**
   * The server as another configuration file describes it, in this home.
   *
   * @param configFile an unpacked copy; it need not exist
   */
  public ServerContext of(Path configFile, OverridesDatabase overrides) {
    return of(configFile, overrides, environment);
  }

  private ServerContext of(Path configFile, OverridesDatabase overrides, Environment variables) {
    TacacsConfig config =
        TacacsConfig.load(new Home(home.root(), configFile), variables, overrides.overrides());
    String id = overrides.instanceId().orElseGet(ownInstanceId);
    String name = InstanceName.choose(config, variables, overrides.instanceName(), id);
    return new ServerContext(
        home, config, new Instance(name, id), !overrides.overrides().isEmpty());
  }

  /** The same home seen with other variables. */
  public ServerContexts withEnvironment(Environment variables) {
    return new ServerContexts(home, variables, ownInstanceId);
  }

  public Environment environment() {
    return environment;
  }

  private OverridesDatabase readableOverrides() {
    try {
      return OverridesDatabase.read(home.overridesDatabase());
    } catch (EngineException e) {
      return OverridesDatabase.NONE;
    }
  }
}
