package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import picocli.CommandLine;

/**
 * Every command, well and badly, on a home that is full of secrets: none comes out in an answer, an
 * error, a document, a stack trace, the catalog, a file that is left, or what a command that we
 * start gets to see.
 */
class NeverLeaksTest {
  @TempDir Path temp;
  private final Set<String> driven = new TreeSet<>();
  private Canaries canaries;
  private HomeRun home;
  private Path store;
  private Path identity;
  private Path passphrase;
  private Path seen;

  @BeforeEach
  void plant() throws Exception {
    Path root = temp.resolve("home");
    SampleHome.create(root, SampleSize.SMALL, 7, HomeRun.NOW);
    canaries = Canaries.plant(root);
    store = temp.resolve("store");
    seen = temp.resolve("seen");
    Map<String, String> environment = new HashMap<>(canaries.environment());
    environment.put("PATH", System.getenv("PATH"));
    home = new HomeRun(root, Shell.in(root)).withEnvironment(environment);
    identity = temp.resolve("identity.txt");
    good("keygen", "--output", identity.toString());
    Files.readAllLines(identity).stream()
        .filter(line -> line.startsWith("AGE-SECRET-KEY-"))
        .forEach(line -> canaries.watch("identity file", line));
    passphrase = Files.writeString(temp.resolve("phrase"), canaries.secret("passphrase file"));
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    configure("enabled = true", "stop_command = " + spy(), "start_command = " + spy());
    good("destination", "add", "nas", "--type", "local", "--path", store.toString());
    canaries.intoCatalog(root.resolve("data/backup_executions.db"));
  }

  @Test
  void noSecretComesOutOfAnyCommand() throws Exception {
    everyday();
    guarded();
    encrypted();
    destinations();
    failures();
    helps();
    assertEveryCommandWasDriven();
    canaries.assertSilentFiles(home.home());
    canaries.assertSilentFiles(store);
    assertThat(seen).isNotEmptyFile();
    canaries.assertSilent("what a host command sees", Files.readString(seen));
    assertThat(home.home().resolve("data/backup_temp")).isEmptyDirectory();
  }

  @Test
  void exportInAnArchiveHoldsNone() throws Exception {
    good("backup", "--destination", "nas");
    Path archive = newest();
    Process tar =
        new ProcessBuilder(
                "tar", "xzOf", archive.toString(), "./config_export.json", "./manifest.json")
            .redirectErrorStream(true)
            .start();
    String export = new String(tar.getInputStream().readAllBytes());
    assertThat(tar.waitFor()).as(export).isZero();
    assertThat(export).contains("password_hash", "********");
    canaries.assertSilent("config_export.json", export);
  }

  @Test
  void noOptionTakesASecretItself() {
    List<String> suspicious =
        options(Commands.of(new Tacvault(CommandRun.surroundings(null, null, null))))
            .filter(name -> name.matches(".*(pass|secret|token|key|credential).*"))
            .toList();
    // Takes the source of a secret: what else is given to it is refused.
    assertThat(new TreeSet<>(suspicious)).containsExactly("--secret");
  }

  private void everyday() throws IOException {
    good("backup", "--destination", "nas", "--comment", "before");
    good("backup", "--to", temp.resolve("elsewhere").toString());
    drive("list");
    good("show", "--destination", "nas", "--latest");
    good("verify", "--destination", "nas", "--latest");
    good("restore", "--destination", "nas", "--latest", "--dry-run");
    good(
        "restore",
        "--destination",
        "nas",
        "--latest",
        "--components",
        "users,devices,config",
        "--confirm");
    good("restore", "--undo", "--confirm");
    good("restore", "--destination", "nas", "--latest", "--keep-revocations", "--confirm");
    drive("restore", "--keep");
    good("executions");
    good("executions", firstExecution());
    drive("status");
    drive("recover");
    good("config", "show");
    drive("config", "validate");
    good("config", "explain", "encryption_passphrase");
    good("pin", "nas", newest().toString(), "--reason", "x");
    good("unpin", "nas", newest().toString());
    good("retention", "show", "nas");
    good("retention", "set", "nas", "--strategy", "simple", "--keep-days", "9");
    good("retention", "apply", "nas", "--dry-run");
    good("retention", "apply", "nas");
    good("recovery-sheet");
    good("completion", "bash");
    good("secrets", "rotate");
  }

  /** The process that watches a restore which waits to be confirmed. */
  private void guarded() throws Exception {
    HomeRun today = home;
    home = new HomeRun(today.home(), today.shell().at(Instant.now()));
    CommandRun held =
        runSilently(
            "restore", "--destination", "nas", "--latest", "--confirm-within", "10m", "--confirm");
    assertThat(held.exitCode()).as(held.err()).isIn(0, 3);
    List<ProcessHandle> guards = Guards.of(home.home());
    assertThat(guards).isNotEmpty();
    for (ProcessHandle guard : guards) {
      canaries.assertSilent("arguments of " + RestoreGuardCommand.NAME, Guards.arguments(guard));
    }
    assertThat(runSilently("restore", "--keep").exitCode()).isZero();
    Guards.awaitEnd(home.home());
    home = today;
  }

  private void encrypted() throws IOException {
    configure("encryption_enabled = true");
    good("backup", "--destination", "nas");
    good("verify", "--destination", "nas", "--latest");
    drive("show", "--destination", "nas", "--latest", "--passphrase-file", passphrase.toString());
    good("rekey", "--destination", "nas", "--to-recipient", recipient(), "--confirm");
    good("verify", "--destination", "nas", "--latest", "--identity", identity.toString());
    drive("verify", "--destination", "nas", "--latest", "--identity", passphrase.toString());
    drive("verify", "--destination", "nas", "--latest", "--passphrase-file", identity.toString());
    good(
        "restore",
        "--destination",
        "nas",
        "--latest",
        "--identity",
        identity.toString(),
        "--confirm");
    good(
        "rekey",
        "--destination",
        "nas",
        "--identity",
        identity.toString(),
        "--to-passphrase-file",
        passphrase.toString(),
        "--confirm");
    drive("rekey", "--all", "--to-recipient", secretIdentity(), "--confirm");
    good("recovery-sheet");
  }

  private void destinations() throws IOException {
    good("destination", "list");
    for (String name : List.of("ftp", "sftp", "azure", "other", "reference")) {
      good("destination", "show", name);
      drive("destination", "test", name);
      drive("destination", "set", name, "--set", "port=22");
      drive("backup", "--destination", name);
      good("destination", "rename", name, name + "2");
      drive("destination", "disable", name + "2");
      drive("destination", "enable", name + "2");
    }
    for (String secret : List.of("--set", "--secret")) {
      String value = canaries.secret("argument of " + secret);
      drive("destination", "add", "x", "--type", "sftp", secret, "password=" + value);
      drive("destination", "add", "x", "--type", "sftp", secret, "password=env:NAS_PASSWORD");
      drive("destination", "add", "x", "--type", "sftp", secret, "password=file:" + passphrase);
      drive("destination", "set", "nas", secret, "password=file:" + passphrase);
    }
    Path config = temp.resolve("x.json");
    Files.writeString(config, "{\"password\": \"" + canaries.secret("config file") + "\"}");
    drive("destination", "add", "x", "--type", "ftp", "--config-file", config.toString());
    drive("destination", "remove", "other2", "--confirm");
  }

  private void failures() throws Exception {
    HomeRun right = home;
    Map<String, String> wrongKey = new HashMap<>(canaries.environment());
    wrongKey.put("TACVAULT_SECRET_KEY", canaries.secret("malformed TACVAULT_SECRET_KEY"));
    home = right.withEnvironment(wrongKey);
    drive("destination", "test", "ftp2");
    drive("secrets", "rotate");
    home = right;
    Path config = home.home().resolve("config/tacacs.conf");
    String good = Files.readString(config);
    String canary = canaries.secret("line without a key");
    Files.writeString(config, good + "\n[admin]\npassword_hash\n" + canary + "\n");
    drive("config", "show");
    drive("config", "validate");
    drive("backup", "--destination", "nas");
    drive("status");
    Files.writeString(
        config, good.replace("[backup]", "[backup]\nencryption_recipients = " + secretIdentity()));
    drive("config", "validate");
    drive("config", "show");
    Files.writeString(config, good);
    Files.write(newest(), new byte[] {1, 2, 3});
    drive("verify", "--archive", newest().toString());
    drive("restore", "--archive", newest().toString(), "--confirm");
    Files.writeString(home.home().resolve("data/devices.db"), "garbage");
    drive("backup", "--destination", "nas");
    good("executions");
    Files.writeString(home.home().resolve("data/secret.key"), canaries.secret("damaged key file"));
    drive("destination", "test", "ftp2");
    good("destination", "list");
  }

  private void helps() {
    for (String command : commands()) {
      drive(command, "--help");
    }
    drive("serve", "--nonsense");
    drive("demo", "--nonsense");
    drive(RestoreGuardCommand.NAME, "--nonsense");
  }

  /** Runs a command that must work, as text; and once more as a document, which may fail. */
  private void good(String... args) {
    CommandRun run = runSilently(args);
    assertThat(run.exitCode()).as("%s: %s", String.join(" ", args), run.err()).isIn(0, 3);
    runSilently(with("--json", args));
  }

  /** Runs a command that need not work, with stack traces and as a document. */
  private void drive(String... args) {
    runSilently(with("--debug", args));
    runSilently(with("--json", args));
  }

  private CommandRun runSilently(String... args) {
    driven.add(args[0]);
    CommandRun run = home.run(args);
    assertThat(run.err()).as(String.join(" ", args)).doesNotContain("this is a defect");
    canaries.assertSilent("output of " + args[0], run.out() + run.err());
    return run;
  }

  private static String[] with(String option, String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add(option);
    return all.toArray(String[]::new);
  }

  private void assertEveryCommandWasDriven() {
    assertThat(driven).containsAll(commands());
  }

  private static Set<String> commands() {
    Set<String> names =
        new TreeSet<>(
            Commands.of(new Tacvault(CommandRun.surroundings(null, null, null)))
                .getSubcommands()
                .keySet());
    names.remove("help");
    return names;
  }

  private static Stream<String> options(CommandLine line) {
    return Stream.concat(
        line.getCommandSpec().options().stream()
            // Names a file, whatever it holds.
            .filter(option -> option.type() != Path.class)
            .flatMap(option -> Arrays.stream(option.names())),
        line.getSubcommands().values().stream().flatMap(NeverLeaksTest::options));
  }

  /** What it is started with, and by whom, as everybody on the machine can see it. */
  private Path spy() throws IOException {
    Path script = temp.resolve("spy");
    Files.writeString(
        script,
        "#!/bin/sh\n(env; tr '\\0' ' ' </proc/$$/cmdline; tr '\\0' ' ' </proc/$PPID/cmdline) >>'%s'\n"
            .formatted(seen));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private void configure(String... lines) throws IOException {
    Path config = home.home().resolve("config/tacacs.conf");
    Set<String> keys =
        Arrays.stream(lines).map(line -> line.split(" ")[0]).collect(Collectors.toSet());
    List<String> text = new ArrayList<>();
    boolean backup = false;
    for (String line : Files.readAllLines(config)) {
      backup = line.startsWith("[") ? line.equals("[backup]") : backup;
      if (!backup || !keys.contains(line.split("[ =]")[0])) {
        text.add(line);
      }
      if (line.equals("[backup]")) {
        text.addAll(List.of(lines));
      }
    }
    Files.write(config, text);
  }

  private String firstExecution() {
    return home.json(0, "executions").get("executions").get(0).get("execution_id").asString();
  }

  private Path newest() {
    return Path.of(
        home.json(0, "list", "--destination", "nas").get("backups").get(0).get("path").asString());
  }

  private String secretIdentity() throws IOException {
    return Files.readAllLines(identity).get(2);
  }

  private String recipient() throws IOException {
    return Files.readAllLines(identity).get(1).replace("# public key: ", "");
  }
}
