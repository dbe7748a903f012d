package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.encryption.Identity;
import org.tacvault.engine.encryption.IdentityFile;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.testing.HomeState;

/** Runs the script of {@code docs/recovery.md} word for word: it must work on the worst of days. */
class RecoveryDocumentTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
  private static final Pattern SCRIPT =
      Pattern.compile("\n```bash recover\\.sh\n(.*?)\n```\n", Pattern.DOTALL);

  @TempDir Path root;
  private Home home;

  @BeforeEach
  void createHome() {
    home = SampleHome.create(root.resolve("home"), SampleSize.SMALL, 7, NOW);
  }

  @Test
  void bringsBackWhatWasLost() throws Exception {
    Path archive = backUp(Map.of(), BackupType.MANUAL);
    restoresEverything(archive, "");
  }

  @Test
  void bringsBackZstdArchives() throws Exception {
    requireTool("zstd");
    Path archive = backUp(Map.of("TACACS_BACKUP_COMPRESSION", "zstd"), BackupType.MANUAL);
    assertThat(archive).hasExtension("zst");
    restoresEverything(archive, "");
  }

  @Test
  void bringsBackEncryptedArchivesWithTheStockTool() throws Exception {
    requireTool("age");
    Identity identity = Identity.generate();
    Path key = root.resolve("key.txt");
    IdentityFile.write(key, identity, NOW);
    configure(
        "encryption_enabled = false",
        "encryption_enabled = true\nencryption_recipients = " + identity.recipient());
    Path archive = backUp(Map.of(), BackupType.MANUAL);
    assertThat(archive).hasExtension("age");
    restoresEverything(archive, key.toString());
  }

  @Test
  void fillsAnEmptyDirectory() throws Exception {
    Map<String, Object> before = server(home.root());
    Path bare = root.resolve("bare");
    Files.createDirectories(bare.resolve("config"));
    Files.createDirectories(bare.resolve("data"));
    run(backUp(Map.of(), BackupType.MANUAL), bare, "").requireSuccess();
    assertThat(server(bare)).isEqualTo(before);
    assertThat(mode(bare.resolve("data/local_auth.db"))).isEqualTo("rw-------");
  }

  @Test
  void leavesEverythingAloneWhenTheArchiveIsCutOrChanged() throws Exception {
    Path archive = backUp(Map.of(), BackupType.MANUAL);
    playDisaster();
    Map<String, String> before = HomeState.bytes(home.root());
    byte[] bytes = Files.readAllBytes(archive);

    Files.write(archive, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(run(archive, home.root(), "").exitCode()).isNotZero();
    assertThat(HomeState.bytes(home.root())).isEqualTo(before);

    bytes[bytes.length / 2] ^= 1;
    Files.write(archive, bytes);
    assertThat(run(archive, home.root(), "").exitCode()).isNotZero();
    assertThat(HomeState.bytes(home.root())).isEqualTo(before);
  }

  @Test
  void leavesEverythingAloneWhenAMemberIsNotTheOneOfTheManifest() throws Exception {
    Path archive = backUp(Map.of(), BackupType.MANUAL);
    repack(archive, "sqlite3 local_auth.db \"UPDATE local_users SET enabled = 1 - enabled\"");
    Map<String, String> before = HomeState.bytes(home.root());
    Result result = run(archive, home.root(), "");
    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output()).contains("local_auth.db: FAILED");
    assertThat(HomeState.bytes(home.root())).isEqualTo(before);
  }

  @Test
  void leavesEverythingAloneWhenTheArchiveHoldsALink() throws Exception {
    Path archive = backUp(Map.of(), BackupType.MANUAL);
    repack(archive, "rm devices.db && ln -s /etc/passwd devices.db");
    Map<String, String> before = HomeState.bytes(home.root());
    Result result = run(archive, home.root(), "");
    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output()).contains("unexpected members");
    assertThat(HomeState.bytes(home.root())).isEqualTo(before);
  }

  @Test
  void doesNotRestoreTheRawBytesOfADatabaseThatWasBroken() throws Exception {
    byte[] broken = new byte[5000];
    Files.write(home.root().resolve("data/audit_trail.db"), broken);
    Path archive = backUp(Map.of(), BackupType.EMERGENCY);
    Result result = run(archive, home.root(), "").requireSuccess();
    assertThat(result.output()).contains("audit_trail.db was damaged when it was saved");
    assertThat(home.root().resolve("data/audit_trail.db")).hasBinaryContent(broken);
  }

  private void restoresEverything(Path archive, String identity) throws Exception {
    Map<String, Object> before = server(home.root());
    Path users = home.root().resolve("data/local_auth.db");
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-rw----"));
    playDisaster();

    run(archive, home.root(), identity).requireSuccess();

    assertThat(server(home.root())).isEqualTo(before);
    assertThat(mode(users)).isEqualTo("rw-rw----");
    assertThat(home.restoreJournal()).doesNotExist();
    try (var files = Files.list(home.data())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith("-wal") || name.startsWith(".recovery"));
    }
  }

  /** Users gone, a stale log, garbage, a file away, a broken configuration, a killed restore. */
  private void playDisaster() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + home.root().resolve("data/local_auth.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM local_users");
    }
    Files.write(home.root().resolve("data/tacacs_accounting.db"), new byte[10_000]);
    Files.write(home.root().resolve("data/tacacs_accounting.db-wal"), new byte[500]);
    Files.delete(home.root().resolve("data/devices.db"));
    Files.writeString(home.configFile(), "[server\nthis is = broken\n");
    Files.createDirectories(home.restoreJournal().resolve("undo"));
  }

  /** The files of the server itself, without ours and without what the script keeps. */
  private static Map<String, Object> server(Path root) {
    Map<String, Object> content = HomeState.content(root);
    content.keySet().removeIf(name -> name.contains("backup") || name.contains("before-recovery"));
    return content;
  }

  private Path backUp(Map<String, String> environment, BackupType type) {
    try (BackupEngine engine =
        BackupEngine.open(
            new EngineOptions(home, Environment.of(environment), InstantSource.fixed(NOW)))) {
      BackupTarget target = engine.target(root.resolve("store"));
      return Path.of(
          engine
              .backups()
              .run(new BackupRequest(target, type, "test", null, BackupListener.NONE))
              .result()
              .backupPath());
    }
  }

  private void configure(String line, String replacement) throws IOException {
    String config = Files.readString(home.configFile());
    assertThat(config).contains(line);
    Files.writeString(home.configFile(), config.replace(line, replacement));
  }

  /** Changes the content of an archive as somebody could who does not know the manifest. */
  private void repack(Path archive, String change) throws Exception {
    String script =
        "set -e; mkdir \"$0\"; cd \"$0\"; tar xzf \"$1\"; " + change + "; tar czf \"$1\" ./*";
    bash(script, Map.of(), root.resolve("repacked").toString(), archive.toString())
        .requireSuccess();
  }

  private static Result run(Path archive, Path target, String identity) throws Exception {
    Map<String, String> variables =
        Map.of("archive", archive.toString(), "home", target.toString(), "identity", identity);
    return bash(script(), variables);
  }

  private static String script() throws IOException {
    Matcher block = SCRIPT.matcher(Files.readString(document()));
    assertThat(block.find()).as("the script in docs/recovery.md").isTrue();
    return block.group(1);
  }

  /** Tests run in the directory of their module. */
  private static Path document() {
    return Path.of("").toAbsolutePath().getParent().resolve("docs/recovery.md");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static Result bash(String script, Map<String, String> variables, String... arguments)
      throws Exception {
    requireTool("tar");
    requireTool("sqlite3");
    List<String> command = new ArrayList<>(List.of("bash", "-c", script));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("LC_ALL", "C");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** Absent tools skip a test on a developer's machine and fail it in CI. */
  private static void requireTool(String tool) throws Exception {
    boolean present =
        new ProcessBuilder("bash", "-c", "command -v \"$0\"", tool)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
    assumeTrue(present || "true".equals(System.getenv("CI")), tool + " is not installed");
    assertThat(present).as(tool + " is required in CI").isTrue();
  }

  private record Result(int exitCode, String output) {
    Result requireSuccess() {
      assertThat(exitCode).as(output).isZero();
      return this;
    }
  }
}
