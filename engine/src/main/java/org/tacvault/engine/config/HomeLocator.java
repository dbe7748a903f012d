package org.tacvault.engine.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;

/**
 * Tells which home is meant: the given directory, else the one of {@code TACACS_HOME}, else the one
 * around the configuration file. The file is the given one, else that of {@code TACACS_CONFIG},
 * else {@code config/tacacs.conf}.
 *
 * <p>A given directory never gets the configuration of another home through the environment: its
 * database paths could point at live data. A configuration that {@code TACACS_CONFIG} names by URL
 * is not fetched.
 */
public final class HomeLocator {
  private static final String LOCATE = "find home";
  private static final String HOME_VARIABLE = "TACACS_HOME";
  private static final String CONFIG_VARIABLE = "TACACS_CONFIG";
  private static final Pattern URL = Pattern.compile("(?i)(https?|file):.*", Pattern.DOTALL);

  private final Environment environment;
  private final Path workingDirectory;

  /**
   * @param workingDirectory what relative paths start at
   */
  public HomeLocator(Environment environment, Path workingDirectory) {
    this.environment = environment;
    this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
  }

  /**
   * The home of a server that is there.
   *
   * @param home what the user gave as home
   * @param config what the user gave as configuration file
   */
  public Home locate(Optional<String> home, Optional<String> config) {
    Home located = find(home, config);
    if (!Files.isDirectory(located.root())) {
      boolean absent = Files.notExists(located.root());
      throw failure(
              absent ? ErrorKind.NOT_FOUND : ErrorKind.INVALID_INPUT,
              located.root(),
              absent ? "no such directory" : "not a directory, or not accessible")
          .withHint("give the directory that holds config/ and data/ of the TACACS+ server");
    }
    if (config.isPresent() && Files.notExists(located.configFile())) {
      throw failure(ErrorKind.NOT_FOUND, located.configFile(), "no such configuration file")
          .withHint("check --config, or give --home alone");
    }
    return located;
  }

  /** The home that a restore fills: it may be empty or not there at all. */
  public Home locateForRestore(Optional<String> home, Optional<String> config) {
    Home located = find(home, config);
    if (Files.exists(located.root()) && !Files.isDirectory(located.root())) {
      throw failure(ErrorKind.INVALID_INPUT, located.root(), "not a directory")
          .withHint("give a directory, which need not exist yet");
    }
    return located;
  }

  private Home find(Optional<String> home, Optional<String> config) {
    Optional<Path> given = home.map(this::path);
    Optional<Path> root = given.or(() -> environment.nonEmpty(HOME_VARIABLE).map(this::path));
    if (config.isPresent()) {
      Path file = path(config.get());
      return new Home(root.orElseGet(() -> around(file)), file);
    }
    Optional<String> variable = environment.nonEmpty(CONFIG_VARIABLE);
    variable.ifPresent(HomeLocator::refuseUrl);
    if (variable.isPresent()) {
      Path file = path(variable.get(), root);
      given.ifPresent(directory -> refuseForeign(directory, file));
      return new Home(root.orElseGet(() -> around(file)), file);
    }
    return root.map(Home::at).orElseGet(this::here);
  }

  private Home here() {
    Home here = Home.at(workingDirectory);
    if (!Files.exists(here.configFile())) {
      throw failure(ErrorKind.NOT_FOUND, here.configFile(), "no home given, and not here either")
          .withHint("give --home DIR, or set the variable TACACS_HOME");
    }
    return here;
  }

  private static Path around(Path file) {
    Path directory = file.getParent();
    if (directory == null) {
      throw failure(ErrorKind.INVALID_INPUT, file, "not a file")
          .withHint("give the path of the server's tacacs.conf");
    }
    Path above = directory.getParent();
    boolean usual = above != null && directory.endsWith("config");
    return usual ? above : directory;
  }

  private static void refuseUrl(String source) {
    if (URL.matcher(source).matches()) {
      throw failure(ErrorKind.INVALID_INPUT, CONFIG_VARIABLE, "names a URL, which is not supported")
          .withHint(
              "give --config FILE; the Python server keeps a copy in"
                  + " data/config_baseline_cache.conf");
    }
  }

  private static void refuseForeign(Path home, Path file) {
    if (!file.startsWith(home)) {
      throw failure(
              ErrorKind.INVALID_INPUT,
              home,
              "TACACS_CONFIG names " + file + ", which belongs to another home")
          .withHint("give --config FILE as well, or unset TACACS_CONFIG");
    }
  }

  private Path path(String text) {
    return path(text, Optional.empty());
  }

  // A relative TACACS_CONFIG is the server's: its working directory is the home.
  private Path path(String text, Optional<Path> root) {
    try {
      return root.orElse(workingDirectory).resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw failure(ErrorKind.INVALID_INPUT, "'" + text + "'", "not a path")
          .withHint("give a path of this system");
    }
  }

  private static EngineException failure(ErrorKind kind, Object subject, String reason) {
    return new EngineException(kind, LOCATE, subject, reason);
  }
}
