package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminCommandTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir Path home;
  private Path file;
  private HomeRun server;

  @BeforeEach
  void create() {
    server = HomeRun.create(home, "");
    file = home.resolve("data/tacvault_admin.hash");
  }

  @Test
  void aTypedPasswordIsStoredAsItsHash() throws IOException {
    CommandRun run = server.answering(PASSWORD).run("admin", "set-password");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains(file.toString()).doesNotContain(PASSWORD);
    assertThat(Files.readString(file)).matches("\\$2b\\$12\\$[./A-Za-z0-9]{53}\n");
  }

  @Test
  void aPasswordOfAFileIsItsFirstLine() throws IOException {
    Path secret = Files.writeString(home.resolve("secret"), PASSWORD + "\nmore\n");
    CommandRun run = server.run("admin", "set-password", "--password-file", secret.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("other users can read");
    assertThat(file).exists();
  }

  @Test
  void aShortPasswordIsRefusedAndNothingIsStored() {
    CommandRun run = server.answering("short").run("admin", "set-password");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("it is too short", "at least 10 characters");
    assertThat(file).doesNotExist();
  }

  @Test
  void whereNobodyCanBeAskedTheOptionIsNamed() {
    CommandRun run = server.run("admin", "set-password");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--password-file");
  }

  @Test
  void whatWouldNotCountIsNotStored() {
    CommandRun run =
        server
            .withEnvironment(Map.of("ADMIN_PASSWORD", "another password"))
            .answering(PASSWORD)
            .run("admin", "set-password");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("environment ADMIN_PASSWORD counts before it", "tacvault admin hash-password");
    assertThat(file).doesNotExist();
  }

  @Test
  void hashPasswordPrintsAHashAndStoresNothing() {
    CommandRun run = server.answering(PASSWORD).run("admin", "hash-password");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("\\$2b\\$12\\$[./A-Za-z0-9]{53}\n");
    assertThat(file).doesNotExist();
  }
}
