package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.cli.output.Terminal;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;
import picocli.CommandLine;

class CommandContextTest {
  @TempDir Path temp;

  @Test
  void passphraseIsTheFirstLineOfItsFile() throws IOException {
    Path file = Files.writeString(temp.resolve("passphrase"), "  corrêct horse \nsecond line\n");
    assertThat(context("--passphrase-file", file.toString()).passphrase())
        .hasValue(Secret.of("  corrêct horse "));
  }

  @Test
  void noPassphraseFileMeansNone() {
    assertThat(context().passphrase()).isEmpty();
  }

  @Test
  void anEmptyPassphraseFileIsAnError() throws IOException {
    Path file = Files.writeString(temp.resolve("passphrase"), "\n");
    assertKind(ErrorKind.INVALID_INPUT, context("--passphrase-file", file.toString()));
  }

  @Test
  void aMissingPassphraseFileIsNotFound() {
    assertKind(ErrorKind.NOT_FOUND, context("--passphrase-file", temp.resolve("none").toString()));
  }

  @Test
  void identitiesAreAllThatWereGiven() {
    assertThat(context("--identity", "a.key", "--identity", "b.key").identities())
        .containsExactly(Path.of("a.key"), Path.of("b.key"));
  }

  @Test
  void homeComesFromTheOption() {
    assertThat(context("--home", temp.toString()).home().root()).isEqualTo(temp);
  }

  private static void assertKind(ErrorKind kind, CommandContext context) {
    assertThatThrownBy(context::passphrase)
        .isInstanceOfSatisfying(
            EngineException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  private static CommandContext context(String... args) {
    CommonOptions options = new CommonOptions();
    new CommandLine(options).parseArgs(args);
    return new CommandContext(
        options,
        CommandRun.surroundings(
            new ByteArrayOutputStream(), new ByteArrayOutputStream(), Terminal.NONE));
  }
}
