package org.tacvault.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.Prompts;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.EngineOptions;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.HomeLocator;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.secret.Secret;

/** What the common options mean; everything is looked up when a command first asks for it. */
final class CommandContext implements AutoCloseable {
  private final CommonOptions options;
  private final Surroundings surroundings;
  private final Console console;
  private @Nullable Home home;
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

  /** The TACACS+ server that the command is about. */
  Home home() {
    if (home == null) {
      home =
          new HomeLocator(Environment.of(environment()), surroundings.workingDirectory())
              .locate(options.home().map(Path::toString), options.config().map(Path::toString));
    }
    return home;
  }

  /** The engine of {@link #home}. */
  BackupEngine engine() {
    if (engine == null) {
      engine = BackupEngine.open(new EngineOptions(home(), Environment.of(environment()), clock()));
    }
    return engine;
  }

  /** {@code given} as the user meant it, absolute. */
  Path path(Path given) {
    return surroundings.workingDirectory().resolve(given).normalize();
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
    }
  }

  /** Files with age identities, as given. */
  List<Path> identities() {
    return options.identities();
  }

  /** The first line of {@code --passphrase-file}, without its line end. */
  Optional<Secret> passphrase() {
    return options.passphraseFile().map(CommandContext::firstLine);
  }

  private static Secret firstLine(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      if (line == null || line.isEmpty()) {
        throw new EngineException(
                ErrorKind.WRONG_KEY, "read passphrase file", file, "its first line is empty")
            .withHint("write the passphrase into the first line of the file");
      }
      return Secret.of(line);
    } catch (IOException e) {
      throw IoFailures.of("read passphrase file", file, e);
    }
  }
}
