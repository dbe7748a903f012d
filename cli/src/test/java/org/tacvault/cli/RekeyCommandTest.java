package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import tools.jackson.databind.JsonNode;

class RekeyCommandTest {
  private static final String OLD = "canary-old-passphrase";
  private static final String NEW = "canary-new-passphrase";

  @TempDir Path temp;
  private HomeRun home;

  @BeforeEach
  void backUpEncrypted() throws Exception {
    Path root = temp.resolve("home");
    SampleHome.create(root, SampleSize.SMALL, 7, HomeRun.NOW);
    Path config = root.resolve("config/tacacs.conf");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("encryption_enabled = false", "encryption_enabled = true"));
    home =
        new HomeRun(root, Shell.in(root))
            .withEnvironment(Map.of("BACKUP_ENCRYPTION_PASSPHRASE", OLD));
    run(home, "destination", "add", "nas", "--type", "local", "--path", "" + temp.resolve("nas"));
    run(home, "backup");
  }

  private static CommandRun run(HomeRun where, String... args) {
    CommandRun run = where.run(args);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out() + run.err()).doesNotContain("canary");
    return run;
  }

  @Test
  void archivesGetAnotherPassphraseAndTheOldOneOpensThemNoMore() throws Exception {
    Path file = Files.writeString(temp.resolve("new"), NEW + "\n");
    CommandRun plan =
        run(home, "rekey", "--all", "--to-passphrase-file", file.toString(), "--dry-run");
    assertThat(plan.out())
        .contains("wanted ", "1 would be encrypted to a passphrase, 0 already, 0 failed");
    CommandRun refused = home.run("rekey", "--all", "--to-passphrase-file", file.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("not confirmed", "--dry-run first");
    run(home, "verify", "--latest");
    CommandRun done =
        run(home, "rekey", "--all", "--to-passphrase-file", file.toString(), "--confirm");
    assertThat(done.out()).contains("1 encrypted to a passphrase, 0 already, 0 failed");
    assertThat(home.run("verify", "--latest").exitCode()).isEqualTo(12);
    HomeRun after = home.withEnvironment(Map.of("BACKUP_ENCRYPTION_PASSPHRASE", NEW));
    run(after, "verify", "--latest");
    // What the configuration encrypts to now: nothing is left to be done.
    assertThat(run(after, "rekey", "--destination", "nas", "--confirm").out())
        .contains("0 encrypted to a passphrase, 1 already, 0 failed");
  }

  @Test
  void archivesAreEncryptedToSeveralPublicKeysAfterAQuestion() {
    String one = keygen("one");
    String two = keygen("two");
    String[] args = {
      "rekey", "--destination", "nas", "--to-recipient", one, "--to-recipient", two, "--keep-old"
    };
    assertThat(home.answering("no").run(args).exitCode()).isEqualTo(2);
    assertThat(home.answering("yes").run(args).exitCode()).isZero();
    JsonNode listed = home.json(0, "list");
    assertThat(listed.get("backups")).hasSize(2);
    String newest = listed.get("backups").get(0).get("path").asString();
    for (String key : new String[] {"one", "two"}) {
      run(
          home,
          "verify",
          "--destination",
          "nas",
          "--backup",
          newest,
          "--identity",
          temp.resolve(key).toString());
    }
    run(home, "verify", "--destination", "nas", "--backup", oldest(listed));
  }

  @Test
  void aWrongKeyIsReportedForEachBackup() throws Exception {
    String recipient = keygen("key");
    HomeRun wrong = home.withEnvironment(Map.of("BACKUP_ENCRYPTION_PASSPHRASE", "wrong"));
    CommandRun run = wrong.run("rekey", "--all", "--to-recipient", recipient, "--confirm");
    assertThat(run.exitCode()).isEqualTo(12);
    assertThat(run.out()).contains("failed ", "0 already, 1 failed");
    assertThat(run.err()).contains("the passphrase does not open this archive", "hint: ");
    JsonNode json = wrong.json(12, "rekey", "--all", "--to-recipient", recipient, "--confirm");
    assertThat(json.get("backups").get(0).get("outcome").asString()).isEqualTo("failed");
    assertThat(json.get("backups").get(0).get("error").get("exit_code").asInt()).isEqualTo(12);
    run(home, "verify", "--latest");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(home.run("rekey").err()).contains("just one of --destination NAME, --from DIR");
    assertThat(home.run("rekey", "--all", "--to-recipient", "age1typo", "--confirm").err())
        .contains("is not an age public key");
    CommandRun plain = home.withEnvironment(Map.of()).run("rekey", "--all", "--confirm");
    assertThat(plain.exitCode()).isNotZero();
    assertThat(plain.err()).contains("hint: ");
  }

  private static String oldest(JsonNode listed) {
    return listed.get("backups").get(1).get("path").asString();
  }

  private String keygen(String name) {
    CommandRun keygen = home.run("keygen", "--output", temp.resolve(name).toString());
    return keygen.out().lines().findFirst().orElseThrow().replace("Public key: ", "");
  }
}
