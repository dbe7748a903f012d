package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.backup.Claims;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.engine.sample.SampleDisaster;
import tools.jackson.databind.JsonNode;

class RestoreCommandTest {
  @TempDir Path temp;
  private TestServer server;
  private Map<String, Object> before;
  private String archive;

  @BeforeEach
  void backUpAndStrike() throws Exception {
    server = TestServer.create(temp);
    server.addDestination("daily");
    before = server.content();
    archive = server.backUp();
    SampleDisaster.strike(server.home(), 3);
    assertThat(server.content()).isNotEqualTo(before);
  }

  @Test
  void latestBringsEverythingBackThoughTheConfigurationIsBroken() {
    CommandRun run = server.run("restore", "--latest", "--confirm");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("Restore plan: manual backup of tacacs-sample")
        .contains("\nRestored config, devices, users, accounting, metrics, audit\n", archive);
    assertThat(server.content()).isEqualTo(before);
  }

  @Test
  void answerTellsPlanAndResult() {
    JsonNode answer = server.json("restore", "--archive", archive, "--confirm");
    assertThat(answer.get("plan").get("members")).hasSize(7);
    JsonNode result = answer.get("result");
    assertThat(result.get("components")).hasSize(6);
    assertThat(result.get("restart_required").asBoolean()).isTrue();
    assertThat(Path.of(result.get("emergency_backup").asString())).exists();
    JsonNode run = server.json("executions", result.get("execution_id").asString());
    assertThat(run.get("status").asString()).isEqualTo("completed");
    assertThat(run.get("emergency_backup")).isEqualTo(result.get("emergency_backup"));
  }

  @Test
  void historyIsReplacedUnlessAMergeIsAskedFor() throws Exception {
    Path audit = server.home().data().resolve("audit_trail.db");
    long archived = auditRows(audit, "SELECT count(*) FROM audit_log");
    auditRows(
        audit,
        "INSERT INTO audit_log(timestamp,user_id,action,resource_type,success)"
            + " VALUES(1795500000,'late','a','r',1) RETURNING 1");
    String[] planned = {"restore", "--latest", "--components", "audit", "--dry-run"};
    JsonNode replace = server.json(planned);
    assertThat(replace.get("history").asString()).isEqualTo("replace");
    assertThat(replace.at("/plan/warnings").toString()).contains("--history merge keeps them");
    CommandRun merge =
        server.run(
            "restore", "--latest", "--components", "audit", "--history", "merge", "--confirm");
    assertThat(merge.exitCode()).as(merge.err()).isZero();
    assertThat(merge.out())
        .contains("audit_trail.db  merge", "merge brings back")
        .contains("The TACACS+ server sees this at once");
    assertThat(auditRows(audit, "SELECT count(*) FROM audit_log")).isEqualTo(archived + 1);
    server.json("restore", "--latest", "--components", "audit", "--confirm");
    assertThat(auditRows(audit, "SELECT count(*) FROM audit_log WHERE user_id='late'")).isZero();
  }

  @Test
  void wrongHistoryIsAUsageError() {
    CommandRun wrong = server.run("restore", "--latest", "--history", "keep", "--confirm");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("keep", "allowed are: replace, merge");
    CommandRun none =
        server.run(
            "restore", "--latest", "--components", "users", "--history", "merge", "--confirm");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("accounting, metrics and audit");
  }

  private static long auditRows(Path audit, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + audit);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  @Test
  void dryRunShowsThePlanAndChangesNothing() {
    Map<String, Object> broken = server.content();
    CommandRun run = server.run("restore", "--latest", "--dry-run");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Users: +", "Dry run: nothing was changed");
    JsonNode planned = server.json("restore", "--latest", "--dry-run");
    assertThat(planned.get("result").isNull()).isTrue();
    assertThat(planned.get("error").isNull()).isTrue();
    assertThat(server.content()).isEqualTo(broken);
    assertThat(server.run("restore", "--latest", "--dry-run", "--confirm").exitCode()).isEqualTo(2);
  }

  @Test
  void unconfirmedRestoreShowsThePlanAndChangesNothing() {
    Map<String, Object> broken = server.content();
    CommandRun run = server.run("restore", "--latest");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).startsWith("Restore plan: ");
    assertThat(run.err())
        .contains("it was not confirmed", "hint: nothing was changed", "--confirm");
    CommandRun json = server.run("restore", "--latest", "--json");
    assertThat(json.exitCode()).isEqualTo(2);
    JsonNode document = TestServer.parse(json);
    assertThat(document.get("plan").get("members")).hasSize(7);
    assertThat(document.get("error").get("kind").asString()).isEqualTo("refused");
    assertThat(server.content()).isEqualTo(broken);
  }

  @Test
  void onATerminalItAsks() {
    Map<String, Object> broken = server.content();
    CommandRun no = server.with(server.shell().answering("no")).run("restore", "--latest");
    assertThat(no.exitCode()).isEqualTo(2);
    assertThat(server.content()).isEqualTo(broken);
    CommandRun yes = server.with(server.shell().answering("yes")).run("restore", "--latest");
    assertThat(yes.exitCode()).isZero();
    assertThat(server.content()).isEqualTo(before);
  }

  @Test
  void componentsComeBackAlone() {
    Map<String, Object> broken = server.content();
    CommandRun run =
        server.run("restore", "--latest", "--components", "users,devices", "--confirm");
    assertThat(run.exitCode()).isZero();
    Map<String, Object> after = server.content();
    assertThat(after.get("local_auth.db")).isEqualTo(before.get("local_auth.db"));
    assertThat(after.get("devices.db")).isEqualTo(before.get("devices.db"));
    assertThat(after.get("tacacs.conf")).isEqualTo(broken.get("tacacs.conf"));
    assertThat(after.get("tacacs_accounting.db")).isEqualTo(broken.get("tacacs_accounting.db"));
    CommandRun wrong = server.run("restore", "--latest", "--components", "user", "--confirm");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("no such component", "users");
  }

  @Test
  void badArchivesChangeNothing() throws Exception {
    Map<String, Object> broken = server.content();
    byte[] bytes = Files.readAllBytes(Path.of(archive));
    bytes[bytes.length / 2] ^= 1;
    Path flipped = Files.write(temp.resolve("flipped.tar.gz"), bytes);
    String[] restore = {"restore", "--confirm", "--archive", flipped.toString()};
    assertThat(server.run(restore).exitCode()).isEqualTo(20);
    restore[3] = temp.resolve("absent.tar.gz").toString();
    assertThat(server.run(restore).exitCode()).isEqualTo(10);
    assertThat(server.content()).isEqualTo(broken);
  }

  @Test
  void secondRestoreIsBusy() throws Exception {
    Map<String, Object> broken = server.content();
    try (ProcessLock held =
        new Claims(server.home().locks(), "a test").restore(server.home().root())) {
      assertThat(held).isNotNull();
      CommandRun run = server.run("restore", "--latest", "--confirm");
      assertThat(run.exitCode()).isEqualTo(11);
      assertThat(run.err()).contains("another restore is running");
      assertThat(server.run("restore", "--latest", "--dry-run").exitCode()).isZero();
    }
    assertThat(server.content()).isEqualTo(broken);
  }

  @Test
  void bareHostIsFilledFromAFileAndHasNoLatest() {
    Path bare = temp.resolve("new/host");
    CommandRun latest = server.shell().run("restore", "--latest", "--home", bare.toString());
    assertThat(latest.exitCode()).isEqualTo(10);
    assertThat(latest.err()).contains("neither a configuration nor a catalog", "--archive FILE");
    CommandRun run =
        server.shell().run("restore", "--archive", archive, "--confirm", "--home", bare.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("no emergency backup was made");
    assertThat(bare.resolve("config/tacacs.conf")).exists();
    assertThat(bare.resolve("data/devices.db")).exists();
  }

  @Test
  void memberThatTheArchiveLacksIsAWarning() throws Exception {
    server.run("restore", "--latest", "--confirm");
    Files.delete(server.home().data().resolve("audit_trail.db"));
    TestServer later = server.with(server.shell().at(Shell.NOW.plusSeconds(60)));
    assertThat(later.run("backup").exitCode()).isEqualTo(3);
    CommandRun run = later.run("restore", "--latest", "--confirm");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo("warning: audit_trail.db is not in the archive; the live one stays\n");
  }

  @Test
  void withdrawnAccountsStayWithdrawnAndAreNamed() throws Exception {
    server.run("restore", "--latest", "--confirm");
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + server.home().data().resolve("local_auth.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM local_users WHERE username='svc-backup'");
      statement.execute("UPDATE local_users SET enabled=0 WHERE username='svc-monitor'");
    }
    String[] restore = {
      "restore", "--latest", "--components", "users", "--keep-revocations", "--confirm"
    };
    CommandRun plain = server.run("restore", "--latest", "--dry-run");
    assertThat(plain.out())
        .contains("2 things withdrawn since the backup would come back with local_auth.db");
    CommandRun run = server.run(restore);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("\nWithdrawn since the backup, stay withdrawn\n  user svc-backup: deleted\n")
        .endsWith("\nLeft withdrawn:\n  user svc-backup: deleted\n  user svc-monitor: disabled\n");
    JsonNode kept = server.json(restore).at("/result/kept_revocations");
    assertThat(kept.get("total").asInt()).isEqualTo(2);
    assertThat(kept.at("/items/0"))
        .hasToString("{\"kind\":\"user\",\"name\":\"svc-backup\",\"what\":\"deleted\"}");
  }
}
