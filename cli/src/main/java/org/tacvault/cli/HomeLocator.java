package org.tacvault.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.tacvault.engine.home.Home;

/**
 * Finds the home: {@code --home}, else {@code TACACS_HOME}, else from the configuration file
 * ({@code --config}, {@code TACACS_CONFIG}, {@code config/tacacs.conf}): the directory above when
 * the file lies in one named {@code config}, else the directory of the file. A configuration that
 * is a URL tells nothing about the home: that is the working directory then.
 */
final class HomeLocator {
  private static final String HOME_VARIABLE = "TACACS_HOME";
  private static final String CONFIG_VARIABLE = "TACACS_CONFIG";

  private final Map<String, String> environment;
  private final Path workingDirectory;

  HomeLocator(Map<String, String> environment, Path workingDirectory) {
    this.environment = environment;
    this.workingDirectory = workingDirectory;
  }

  Home locate(Optional<Path> homeOption, Optional<Path> configOption) {
    Optional<Path> root =
        homeOption.or(() -> variable(HOME_VARIABLE)).map(workingDirectory::resolve);
    Path base = root.orElse(workingDirectory);
    // An option is about where the user stands, a variable about where the server runs.
    Path config =
        configOption
            .map(workingDirectory::resolve)
            .or(() -> variable(CONFIG_VARIABLE).map(base::resolve))
            .orElse(base.resolve(Home.DEFAULT_CONFIG))
            .normalize();
    return new Home(root.orElseGet(() -> rootOf(config)), config);
  }

  private Optional<Path> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank() && !value.contains("://"))
        .map(Path::of);
  }

  private Path rootOf(Path config) {
    Path directory = Optional.ofNullable(config.getParent()).orElse(workingDirectory);
    boolean named = directory.getFileName() != null && directory.endsWith("config");
    return named ? Optional.ofNullable(directory.getParent()).orElse(directory) : directory;
  }
}
