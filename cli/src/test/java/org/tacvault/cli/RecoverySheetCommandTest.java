package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.sample.TableHashes;
import tools.jackson.databind.JsonNode;

class RecoverySheetCommandTest {
  private static final String CANARY = "canary-7f3e";

  @TempDir Path temp;

  private HomeRun sample(String encryption) throws IOException {
    Path root = temp.resolve("my home");
    SampleHome.create(root, SampleSize.SMALL, 7, HomeRun.NOW);
    HomeRun home = new HomeRun(root, Shell.in(root));
    Path config = root.resolve("config/tacacs.conf");
    Files.writeString(
        config, Files.readString(config).replace("encryption_enabled = false", encryption));
    return home;
  }

  private String add(HomeRun home) {
    CommandRun added =
        home.run(
            "destination", "add", "nas", "--type", "local", "--path", "" + temp.resolve("nas"));
    assertThat(added.exitCode()).as(added.err()).isZero();
    return added.err();
  }

  @Test
  void namesAllThatIsNeededOnOnePageAndNoSecret() throws Exception {
    HomeRun home =
        sample("encryption_enabled = true\nencryption_passphrase = " + CANARY)
            .withEnvironment(Map.of("LDAP_BIND_PASSWORD", CANARY));
    assertThat(add(home)).isEqualTo(RecoverySheetCommand.OFFER + "\n");
    try (BackupEngine engine = BackupEngine.open(home.home())) {
      engine
          .catalog()
          .destinations()
          .add(
              NewDestination.keepingDays(
                  "vault",
                  "sftp",
                  Map.of(
                      "host",
                      "h.example",
                      "password",
                      CANARY,
                      "private_key",
                      "file:/run/secrets/key",
                      "endpoint",
                      "https://u:" + CANARY + "@e.example"),
                  30,
                  HomeRun.NOW,
                  "test"));
    }
    home.run("backup", "--destination", "nas");
    CommandRun sheet = home.run("recovery-sheet");
    assertThat(sheet.exitCode()).as(sheet.err()).isZero();
    assertThat(sheet.out())
        .contains(
            "tacacs-sample (instance_",
            home.home().toString(),
            "backup-tacacs-sample-20261123-030000-manual.tar.gz.age",
            "with a passphrase",
            "nas, local: base_path=" + temp.resolve("nas"),
            "not looked at: vault: ",
            "vault, sftp: host=h.example private_key=file:/run/secrets/key",
            "tacvault restore --home",
            "age -d BACKUP")
        .doesNotContain(CANARY, "********", "h.example password");
    assertThat(sheet.out().lines().count()).isLessThan(60);
    assertThat(sheet.out().lines()).allMatch(line -> line.length() <= 132);
    JsonNode json = home.json(0, "recovery-sheet");
    assertThat(json.get("encryption").asString()).isEqualTo("passphrase");
    assertThat(json.toString()).doesNotContain(CANARY);
  }

  @Test
  void stockCommandsThatItPrintsRestoreTheServer() throws Exception {
    HomeRun home = sample("encryption_enabled = false");
    add(home);
    assertThat(home.run("backup").exitCode()).isZero();
    restoreAsPrinted(home, "");
  }

  @Test
  void stockCommandsWithAKeyFileRestoreTheServer() throws Exception {
    assumeTrue("true".equals(System.getenv("CI")) || isInstalled("age"), "age is not installed");
    Path key = temp.resolve("key.txt");
    CommandRun keygen = Shell.in(temp).run("keygen", "--output", key.toString());
    assertThat(keygen.err()).contains(RecoverySheetCommand.OFFER);
    String recipient = keygen.out().lines().findFirst().orElseThrow().replace("Public key: ", "");
    HomeRun home = sample("encryption_enabled = true\nencryption_recipients = " + recipient);
    add(home);
    assertThat(home.run("backup").exitCode()).isZero();
    assertThat(home.run("recovery-sheet").out())
        .contains("encrypted to   " + recipient, "KEYFILE is");
    restoreAsPrinted(home, key.toString());
  }

  @Test
  void saysThatThereIsNoBackupYet() throws Exception {
    HomeRun home = sample("encryption_enabled = false");
    assertThat(home.run("recovery-sheet").out())
        .contains("newest backup  none\n", "encrypted      NO: ");
    assertThat(home.json(0, "recovery-sheet").get("newest_backup").isNull()).isTrue();
  }

  private void restoreAsPrinted(HomeRun home, String keyFile) throws Exception {
    Path devices = home.home().resolve("data/devices.db");
    Path users = home.home().resolve("data/local_auth.db");
    Path config = home.home().resolve("config/tacacs.conf");
    Map<String, String> before = TableHashes.of(devices);
    before.putAll(TableHashes.of(users));
    String text = Files.readString(config);
    String sheet = home.run("recovery-sheet").out();
    String backup =
        sheet
            .lines()
            .filter(line -> line.startsWith("newest backup"))
            .map(line -> line.replaceFirst("newest backup +", ""))
            .findFirst()
            .orElseThrow();
    Files.writeString(devices, "broken");
    Files.writeString(Path.of(devices + "-wal"), "stale");
    Files.delete(users);
    Files.writeString(config, "broken");
    String commands =
        sheet
            .lines()
            .dropWhile(line -> !line.startsWith("With stock tools"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("A script"))
            .collect(Collectors.joining("\n"))
            .replace("BACKUP", "'" + backup + "'")
            .replace("KEYFILE", "'" + keyFile + "'");
    Path directory = Files.createDirectory(temp.resolve("work"));
    Path script = Files.writeString(temp.resolve("script.sh"), "set -e\n" + commands + "\n");
    Process process =
        new ProcessBuilder("sh", script.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output + commands).isZero();
    Map<String, String> after = TableHashes.of(devices);
    after.putAll(TableHashes.of(users));
    assertThat(after).isEqualTo(before);
    assertThat(Files.readString(config)).isEqualTo(text);
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
  }
}
