package org.tacvault.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.io.Sha256;

class CatalogTakeoverTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = directory.resolve("backup_executions.db");
  }

  @Test
  void readsWhatThePythonServerWrote() throws Exception {
    PythonCatalog.create(file);
    Catalog catalog = Catalog.open(file);
    Execution completed = catalog.find("e-1").orElseThrow();
    assertThat(completed.kind()).isEqualTo(ExecutionKind.BACKUP);
    assertThat(completed.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(completed.startedAt()).isEqualTo(Instant.parse("2026-02-01T00:00:00.123456Z"));
    assertThat(completed.completedAt()).isEqualTo(Instant.parse("2026-02-01T00:00:01Z"));
    assertThat(completed.result().compressedSizeBytes()).isEqualTo(300);
    assertThat(completed.result().filesIncluded()).isEqualTo(7);
    assertThat(completed.result().warnings()).isEmpty();
    assertThat(catalog.list(ExecutionFilter.newest()))
        .extracting(Execution::id)
        .containsExactly("e-3", "e-2", "e-1");
    assertThat(catalog.list(ExecutionFilter.newest().withKind(ExecutionKind.BACKUP))).hasSize(3);
    DestinationRecord destination = catalog.destinations().get("local-default");
    assertThat(destination.config()).isEqualTo(Map.of("base_path", "/data/backups"));
    assertThat(destination.retentionDays()).isEqualTo(14);
    assertThat(destination.retentionStrategy()).isEqualTo("simple");
    assertThat(destination.retentionConfig()).isEmpty();
    assertThat(destination.lastBackupStatus()).isEqualTo("success");
  }

  @Test
  void losesNoRowNoColumnAndNoIndex() throws Exception {
    PythonCatalog.create(file);
    List<String> rows = PythonCatalog.ownRows(file);
    List<String> columns = columns();
    List<String> indexes = indexes();
    Catalog.open(file);
    assertThat(PythonCatalog.ownRows(file)).isEqualTo(rows);
    assertThat(columns().subList(0, columns.size())).isEqualTo(columns);
    assertThat(indexes()).containsAll(indexes);
    assertThat(PythonCatalog.rows(file, "PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void addsWhatAnEarlyVersionLacks() throws Exception {
    PythonCatalog.createWithoutRetention(file);
    Catalog catalog = Catalog.open(file);
    assertThat(catalog.destinations().get("d-1").retentionStrategy()).isEqualTo("simple");
    catalog.destinations().update("d-1", DestinationChange.NONE.withRetention("hanoi", Map.of()));
    assertThat(catalog.destinations().get("d-1").retentionStrategy()).isEqualTo("hanoi");
  }

  @Test
  void aSecondTakeoverChangesNoByte() throws Exception {
    PythonCatalog.create(file);
    Catalog.open(file);
    String before = Sha256.hex(file);
    Catalog.open(file);
    assertThat(Sha256.hex(file)).isEqualTo(before);
  }

  @Test
  void leavesJournalModeAndFileModeAsTheyAre() throws Exception {
    PythonCatalog.create(file);
    PythonCatalog.execute(file, List.of("PRAGMA journal_mode=WAL"));
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
    Catalog.open(file).metadata().putIfAbsent("a", "b");
    assertThat(PythonCatalog.rows(file, "PRAGMA journal_mode")).containsExactly("wal");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(mode);
  }

  @Test
  void aKillAfterAnyStatementLeavesTheOldCatalog() throws Exception {
    PythonCatalog.create(file);
    List<String> rows = PythonCatalog.ownRows(file);
    List<String> schema = PythonCatalog.schema(file);
    int kills = 0;
    for (int statement = 1; killAfter(statement); statement++) {
      assertThat(PythonCatalog.schema(file)).isEqualTo(schema);
      assertThat(PythonCatalog.ownRows(file)).isEqualTo(rows);
      assertThat(PythonCatalog.rows(file, "PRAGMA integrity_check")).containsExactly("ok");
      kills++;
    }
    assertThat(kills).isGreaterThan(10);
    assertThat(PythonCatalog.ownRows(file)).isEqualTo(rows);
    assertThat(Catalog.open(file).list(ExecutionFilter.newest())).hasSize(3);
  }

  private boolean killAfter(int statement) throws Exception {
    CatalogProcess child = CatalogProcess.start("takeover", file.toString(), "" + statement);
    String answer = child.readLine();
    child.kill();
    return answer.equals("parked");
  }

  @Test
  void severalProcessesTakeOverAndWriteAtOnce() throws Exception {
    PythonCatalog.create(file);
    List<String> rows = PythonCatalog.ownRows(file);
    List<CatalogProcess> children = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      children.add(CatalogProcess.start("write", file.toString(), "40"));
    }
    for (CatalogProcess child : children) {
      assertThat(child.readLine()).isEqualTo("ready");
    }
    for (CatalogProcess child : children) {
      child.writeLine("go");
    }
    for (CatalogProcess child : children) {
      assertThat(child.readLine()).isEqualTo("done");
      assertThat(child.exitCode()).isZero();
    }
    Catalog catalog = Catalog.open(file);
    assertThat(catalog.count(ExecutionFilter.newest())).isEqualTo(3 + 3 * 80);
    assertThat(catalog.count(ExecutionFilter.newest().withStatus(ExecutionStatus.COMPLETED)))
        .isEqualTo(1 + 3 * 80);
    assertThat(PythonCatalog.ownRows(file)).containsAll(rows);
    assertThat(PythonCatalog.rows(file, "PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void severalProcessesAgreeOnOneMetadataValue() throws Exception {
    List<CatalogProcess> children = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      children.add(CatalogProcess.start("identify", file.toString(), "instance_" + i));
    }
    List<String> answers = new ArrayList<>();
    for (CatalogProcess child : children) {
      assertThat(child.readLine()).isEqualTo("ready");
    }
    for (CatalogProcess child : children) {
      child.writeLine("go");
    }
    for (CatalogProcess child : children) {
      answers.add(child.readLine());
      assertThat(child.exitCode()).isZero();
    }
    assertThat(answers).hasSize(3).containsOnly(answers.get(0));
    assertThat(answers.get(0)).startsWith("instance_");
  }

  @Test
  void thePythonServerStillReadsAndWritesByName() throws Exception {
    PythonCatalog.create(file);
    Catalog catalog = Catalog.open(file);
    String id =
        catalog.begin(
            CatalogTest.execution(ExecutionKind.BACKUP, "d-1", "1@fra1", CatalogTest.NOW));
    String script =
        """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        db.row_factory = sqlite3.Row
        row = dict(db.execute("SELECT * FROM backup_executions ORDER BY started_at DESC").fetchone())
        dest = dict(db.execute("SELECT * FROM backup_destinations").fetchone())
        db.execute("INSERT INTO backup_executions (id, destination_id, triggered_by, started_at, "
                   "status) VALUES ('e-9', 'd-1', 'manual:admin', "
                   "'2026-04-01T00:00:00.000001+00:00', 'running')")
        db.execute("UPDATE backup_executions SET status='completed' WHERE id='e-9'")
        db.commit()
        print(row["id"], row["status"], row["started_at"], row["manifest_json"], dest["name"])
        """;
    assertThat(python(script))
        .isEqualTo(id + " running 2026-03-01T12:00:00.123456+00:00 None local-default");
    Execution python = catalog.find("e-9").orElseThrow();
    assertThat(python.kind()).isEqualTo(ExecutionKind.BACKUP);
    assertThat(python.status()).isEqualTo(ExecutionStatus.COMPLETED);
  }

  private String python(String script) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-c", script, file.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue("true".equals(System.getenv("CI")), "python3 is not installed");
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  private List<String> columns() throws Exception {
    return PythonCatalog.rows(
        file, "SELECT name, type FROM pragma_table_info('backup_executions')");
  }

  private List<String> indexes() throws Exception {
    return PythonCatalog.rows(file, "SELECT name FROM sqlite_schema WHERE type = 'index'");
  }
}
