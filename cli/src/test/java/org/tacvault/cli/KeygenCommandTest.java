package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.encryption.IdentityFile;
import tools.jackson.databind.JsonNode;

class KeygenCommandTest {
  @TempDir Path temp;

  @Test
  void writesAnIdentityThatOnlyTheOwnerCanReadAndPrintsItsPublicKey() throws IOException {
    HomeRun here = HomeRun.create(temp, "");
    JsonNode made = here.json(0, "keygen", "--output", "keys.txt");
    Path file = temp.resolve("keys.txt");
    assertThat(made.get("file").asString()).isEqualTo(file.toString());
    assertThat(IdentityFile.read(file))
        .singleElement()
        .satisfies(
            identity ->
                assertThat(identity.recipient()).isEqualTo(made.get("recipient").asString()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void privateKeyIsNeverPrinted() {
    CommandRun run = HomeRun.create(temp, "").runWithoutHome("keygen");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Public key: age1", "tacvault-identity.txt");
    assertThat(run.err()).contains("Keep a copy");
    assertThat((run.out() + run.err()).toUpperCase(Locale.ROOT)).doesNotContain("AGE-SECRET-KEY");
  }

  @Test
  void existingFileIsNeverOverwritten() throws IOException {
    Path file = Files.writeString(temp.resolve("keys.txt"), "precious");
    CommandRun run = HomeRun.create(temp, "").run("keygen", "-o", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("already exists", "hint: name a new file");
    assertThat(file).hasContent("precious");
  }
}
