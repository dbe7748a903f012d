package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;

/** Encrypted archives, opened with every kind of key from every place, and not opened. */
class EncryptedArchiveCommandTest {
  private static final String PASSPHRASE = "correct horse";
  private static final List<String> READERS = List.of("verify", "show", "restore");

  @TempDir Path temp;
  private Path root;
  private HomeRun home;
  private Path identity;
  private String config;

  @BeforeEach
  void createHome() throws IOException {
    root = temp.resolve("home");
    SampleHome.create(root, SampleSize.SMALL, 7, HomeRun.NOW);
    home = new HomeRun(root, Shell.in(root));
    identity = temp.resolve("identity.txt");
    config = Files.readString(root.resolve("config/tacacs.conf"));
  }

  private void configure(String more) throws IOException {
    Files.writeString(
        root.resolve("config/tacacs.conf"),
        config.replace("encryption_enabled = false", "encryption_enabled = true" + more));
  }

  private HomeRun withPassphrase(String passphrase) {
    return home.withEnvironment(Map.of("BACKUP_ENCRYPTION_PASSPHRASE", passphrase));
  }

  private String underPassphrase() throws IOException {
    configure("");
    return backUp(withPassphrase(PASSPHRASE));
  }

  private String toPublicKey() throws IOException {
    String recipient =
        home.run("keygen", "--output", identity.toString())
            .out()
            .lines()
            .findFirst()
            .orElseThrow()
            .replace("Public key: ", "");
    configure("\nencryption_recipients = " + recipient);
    return backUp(home);
  }

  private String backUp(HomeRun run) {
    return run.json(0, "backup", "--to", temp.resolve("store").toString()).get("path").asString();
  }

  private static CommandRun read(HomeRun run, String command, String archive, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--archive", archive));
    args.addAll(Arrays.asList(more));
    if (command.equals("restore")) {
      args.add("--dry-run");
    }
    return run.run(args.toArray(String[]::new));
  }

  @Test
  void aPassphraseComesFromTheEnvironmentAFileOrTheKeyboard() throws IOException {
    String archive = underPassphrase();
    Path file = Files.writeString(temp.resolve("phrase"), PASSPHRASE + "\n");
    Path wrong = Files.writeString(temp.resolve("wrong"), "wrong\n");
    for (String command : READERS) {
      assertThat(read(withPassphrase(PASSPHRASE), command, archive).exitCode()).isZero();
      assertThat(read(home, command, archive, "--passphrase-file", "" + file).exitCode()).isZero();
      assertThat(read(home.answering(PASSPHRASE), command, archive).exitCode()).isZero();
      for (CommandRun refused :
          List.of(
              read(withPassphrase("wrong"), command, archive),
              read(home, command, archive, "--passphrase-file", "" + wrong),
              read(home.answering("wrong"), command, archive),
              read(home, command, archive))) {
        assertThat(refused.exitCode()).as(command + refused).isEqualTo(12);
        assertThat(refused.err()).contains(archive, "passphrase", "hint: ");
      }
    }
  }

  @Test
  void anIdentityComesFromAFile() throws IOException {
    String archive = toPublicKey();
    Path other = temp.resolve("other.txt");
    home.run("keygen", "--output", other.toString());
    for (String command : READERS) {
      assertThat(read(home, command, archive, "--identity", "" + identity).exitCode()).isZero();
      CommandRun wrong = read(home, command, archive, "--identity", "" + other);
      assertThat(wrong.exitCode()).as(command).isEqualTo(12);
      assertThat(wrong.err()).contains(archive, "none of the given identities opens this archive");
      CommandRun none = read(withPassphrase(PASSPHRASE), command, archive);
      assertThat(none.exitCode()).as(command).isEqualTo(12);
      assertThat(none.err()).contains("encrypted to public keys but no identity was given");
    }
  }

  @Test
  void damageIsToldFromAWrongKeyAndChangesNothing() throws IOException {
    String archive = toPublicKey();
    byte[] good = Files.readAllBytes(Path.of(archive));
    Path damaged = temp.resolve("damaged.tar.gz.age");
    Map<String, byte[]> before = live();
    byte[] flipped = good.clone();
    flipped[good.length / 2] ^= 1;
    for (byte[] bytes :
        List.of(
            Arrays.copyOf(good, 40),
            Arrays.copyOf(good, good.length / 2),
            Arrays.copyOf(good, good.length - 1),
            Arrays.copyOf(good, good.length + 1),
            flipped)) {
      Files.write(damaged, bytes);
      String[] key = {"--identity", identity.toString()};
      CommandRun verified = read(home, "verify", damaged.toString(), key);
      assertThat(verified.exitCode()).as("%d bytes: %s", bytes.length, verified).isEqualTo(20);
      assertThat(verified.err()).contains(damaged.toString(), "hint: ");
      CommandRun restored =
          home.run("restore", "--archive", "" + damaged, "--identity", "" + identity, "--confirm");
      assertThat(restored.exitCode()).isEqualTo(20);
    }
    Map<String, byte[]> after = live();
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
  }

  @Test
  void withoutAKeyNoBackupBeginsAndTheValidationSaysSo() throws IOException {
    configure("");
    CommandRun backup = home.run("backup", "--to", temp.resolve("store").toString());
    assertThat(backup.exitCode()).isEqualTo(1);
    assertThat(backup.err()).contains("backups would not be encrypted", "encryption_recipients");
    assertThat(temp.resolve("store")).doesNotExist();
    assertThat(home.json(0, "executions").get("executions")).isEmpty();
    CommandRun validated = home.run("config", "validate");
    assertThat(validated.exitCode()).isEqualTo(1);
    assertThat(validated.out()).contains("problem: ", "backups would not be encrypted");
  }

  private Map<String, byte[]> live() throws IOException {
    return Map.of(
        "users", Files.readAllBytes(root.resolve("data/local_auth.db")),
        "devices", Files.readAllBytes(root.resolve("data/devices.db")),
        "config", Files.readAllBytes(root.resolve("config/tacacs.conf")));
  }
}
