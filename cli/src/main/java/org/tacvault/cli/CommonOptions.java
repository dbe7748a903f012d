package org.tacvault.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before or after its name. */
final class CommonOptions {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Directory of the TACACS+ server (default: $TACACS_HOME, else where the"
              + " configuration lies).")
  private @Nullable Path home;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Configuration (default: $TACACS_CONFIG, else config/tacacs.conf).")
  private @Nullable Path config;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON document on standard output and nothing else.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "No progress and no notes; errors are still printed.")
  private boolean quiet;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "File whose first line is the passphrase of encrypted archives; new ones are encrypted"
              + " with it.")
  private @Nullable Path passphraseFile;

  @Option(
      names = "--identity",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "File with age identities that open encrypted archives; may be repeated.")
  private List<Path> identities = new ArrayList<>();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean debug;

  Optional<Path> home() {
    return Optional.ofNullable(home);
  }

  Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  Optional<Path> passphraseFile() {
    return Optional.ofNullable(passphraseFile);
  }

  List<Path> identities() {
    return List.copyOf(identities);
  }

  boolean debug() {
    return debug;
  }
}
