package org.tacvault.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.Prompts;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.EngineOptions;
import org.tacvault.engine.StartupNotes;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.HomeLocator;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.secret.PassphraseSource;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.secret.SecretFile;

/** What the common options mean; everything is looked up when a command first asks for it. */
final class CommandContext implements AutoCloseable {
  private final CommonOptions options;
  private final Surroundings surroundings;
  private final Console console;
  private @Nullable BackupEngine engine;

  CommandContext(CommonOptions options, Surroundings surroundings) {
    this.options = options;
    this.surroundings = surroundings;
    console =
        new Console(
            surroundings.out(),
            surroundings.err(),
            surroundings.terminal(),
            options.json(),
            options.quiet());
  }

  Console console() {
    return console;
  }

  InstantSource clock() {
    return surroundings.clock();
  }

  Prompts prompts() {
    return new Prompts(surroundings.keyboard());
  }

  /** The TACACS+ server that the command is about, which must be there. */
  Home home() {
    return locator().locate(text(options.home()), text(options.config()));
  }

  /** Whether a server is given or to be found here; some commands do without. */
  boolean hasHome() {
    Environment environment = Environment.of(surroundings.environment());
    return options.home().isPresent()
        || options.config().isPresent()
        || environment.nonEmpty("TACACS_HOME").isPresent()
        || environment.nonEmpty("TACACS_CONFIG").isPresent()
        || Files.exists(path(Path.of(Home.DEFAULT_CONFIG)));
  }

  /** The engine on {@link #home}; says what opening it had to repair. */
  BackupEngine engine() {
    if (engine == null) {
      engine = tell(open(home()));
    }
    return engine;
  }

  /** {@link #engine} for commands that tell themselves what was repaired. */
  BackupEngine quietEngine() {
    if (engine == null) {
      engine = open(home());
    }
    return engine;
  }

  /** The engine on the home that a restore fills, which may be empty or not there at all. */
  BackupEngine engineForRestore() {
    if (engine == null) {
      engine = tell(open(homeForRestore()));
    }
    return engine;
  }

  /** The home that a restore fills, which may be empty or not there at all. */
  Home homeForRestore() {
    return locator().locateForRestore(text(options.home()), text(options.config()));
  }

  /** {@code given} as the user meant it, absolute. */
  Path path(Path given) {
    return surroundings.workingDirectory().resolve(given).normalize();
  }

  /** Files with age identities, as given. */
  List<Path> identities() {
    return options.identities();
  }

  /** The first line of {@code --passphrase-file}, without its line end. */
  Optional<Secret> passphrase() {
    return options.passphraseFile().map(PassphraseSource::fromFile);
  }

  /** Warns when others can read {@code --passphrase-file}. */
  private void warnOfExposure() {
    options
        .passphraseFile()
        .flatMap(file -> SecretFile.exposure("read passphrase file", file))
        .ifPresent(console::warn);
  }

  Map<String, String> environment() {
    return surroundings.environment();
  }

  /** Who is recorded as the one who started something. */
  String triggeredBy() {
    return "manual:" + System.getProperty("user.name", "unknown");
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
      engine = null;
    }
  }

  private BackupEngine open(Home home) {
    warnOfExposure();
    return BackupEngine.open(new EngineOptions(home, engineEnvironment(), surroundings.clock()));
  }

  /**
   * Who hands in a passphrase wants new archives, and copies made for safety, encrypted with it.
   */
  Environment engineEnvironment() {
    Map<String, String> variables = new HashMap<>(surroundings.environment());
    passphrase()
        .ifPresent(
            secret -> {
              variables.put(PassphraseSource.VARIABLE, new String(secret.reveal()));
              variables.put("TACACS_BACKUP_ENCRYPTION_ENABLED", "true");
            });
    return Environment.of(variables);
  }

  private BackupEngine tell(BackupEngine opened) {
    StartupNotes.of(opened.startup()).forEach(console::note);
    StartupNotes.warnings(opened.startup()).forEach(console::warn);
    return opened;
  }

  private HomeLocator locator() {
    return new HomeLocator(
        Environment.of(surroundings.environment()), surroundings.workingDirectory());
  }

  private static Optional<String> text(Optional<Path> path) {
    return path.map(Path::toString);
  }
}
