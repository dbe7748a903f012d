package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.cli.output.Terminal;
import org.tacvault.engine.catalog.Execution;
import picocli.CommandLine;

class StartupBackupTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path temp;

  @Test
  void isMadeToTheDestinationThatWasAddedLast() throws IOException {
    TestServer server = serverThatWantsIt();
    server.run("destination", "add", "old", "--type", "local", "--path", temp + "/old");
    server
        .with(server.shell().at(Shell.NOW.plusSeconds(60)))
        .run("destination", "add", "new", "--type", "local", "--path", temp + "/new");

    Execution done = start(server).orElseThrow();

    assertThat(done.request().backupType()).isEqualTo("startup");
    assertThat(Path.of(done.result().backupPath())).exists().startsWith(temp.resolve("new"));
    assertThat(said()).contains("Backed up at start to " + temp.resolve("new"));
  }

  @Test
  void isNotMadeUnlessAskedFor() throws IOException {
    assertThat(start(TestServer.create(temp))).isEmpty();
    assertThat(said()).isEmpty();
  }

  @Test
  void failureIsToldAndDoesNotStopTheService() throws IOException {
    assertThat(start(serverThatWantsIt())).isEmpty();
    assertThat(said())
        .contains("no backup was made at start")
        .contains("no destination is enabled")
        .contains("tacvault destination add");
  }

  private TestServer serverThatWantsIt() throws IOException {
    TestServer server = TestServer.create(temp);
    Path config = server.home().configFile();
    String text = Files.readString(config);
    Files.writeString(
        config, text.replace("create_on_startup = false", "create_on_startup = true"));
    return server;
  }

  private Optional<Execution> start(TestServer server) {
    CommonOptions options = new CommonOptions();
    new CommandLine(options).parseArgs("--home", server.home().root().toString());
    try (CommandContext context =
        new CommandContext(
            options, CommandRun.surroundings(new ByteArrayOutputStream(), err, Terminal.NONE))) {
      return StartupBackup.run(context);
    }
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
