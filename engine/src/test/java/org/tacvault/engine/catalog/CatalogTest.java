package org.tacvault.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;

class CatalogTest {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final String HOSTILE = "x'); DROP TABLE backup_executions; -- \" \\ ü \n %s ?";
  @TempDir Path directory;
  private Path file;
  private Catalog catalog;

  @BeforeEach
  void openCatalog() {
    file = directory.resolve("home with ? # %20/data/backup_executions.db");
    catalog = Catalog.open(file);
  }

  static NewExecution execution(ExecutionKind kind, String destination, String owner, Instant at) {
    return new NewExecution(
        kind, destination, "manual", "manual:admin", null, "fra1", Set.of(), owner, at, null);
  }

  @Test
  void aNewCatalogIsForItsOwnerOnly() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void anExecutionRunsFromItsBeginning() {
    NewExecution begun =
        new NewExecution(
            ExecutionKind.RESTORE,
            "d-1",
            null,
            "manual:admin",
            "after the fire",
            "fra1",
            Set.of(Component.USERS, Component.CONFIG),
            "17@fra1",
            NOW,
            null);
    String id = catalog.begin(begun);
    assertThat(UUID.fromString(id).version()).isEqualTo(4);
    assertThat(catalog.find(id))
        .contains(
            new Execution(id, ExecutionStatus.RUNNING, begun, null, null, ExecutionResult.NONE));
  }

  @Test
  void aCompletedExecutionKeepsItsResult() {
    String id = catalog.begin(execution(ExecutionKind.BACKUP, "d-1", "17@fra1", NOW));
    Map<String, Duration> stages = new LinkedHashMap<>();
    stages.put("snapshot", Duration.ofMillis(12));
    stages.put("archive", Duration.ofMillis(3_456));
    ExecutionResult result =
        new ExecutionResult(
            "b.tar.gz",
            "/b/b.tar.gz",
            10_000_000_000L,
            0L,
            7,
            "{\"a\":1}",
            "ab12",
            List.of("one", "two"),
            stages,
            "/e.tar.gz",
            List.of());
    catalog.complete(id, result, NOW.plusSeconds(5));
    Execution found = catalog.find(id).orElseThrow();
    assertThat(found.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(found.completedAt()).isEqualTo(NOW.plusSeconds(5));
    assertThat(found.result()).isEqualTo(result);
    assertThat(found.result().stages().keySet()).containsExactly("snapshot", "archive");
    assertThat(catalog.findBackup("d-1", "/b/b.tar.gz")).contains(found);
    assertThat(catalog.findBackup("d-2", "/b/b.tar.gz")).isEmpty();
  }

  @Test
  void aFailedExecutionSaysWhyAndWhen() {
    String id = catalog.begin(execution(ExecutionKind.BACKUP, "d-1", "17@fra1", NOW));
    catalog.fail(id, "devices.db is corrupt", NOW.plusSeconds(1));
    Execution found = catalog.find(id).orElseThrow();
    assertThat(found.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(found.errorMessage()).isEqualTo("devices.db is corrupt");
    assertThat(found.completedAt()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void anExecutionEndsOnce() {
    String id = catalog.begin(execution(ExecutionKind.BACKUP, "d-1", "17@fra1", NOW));
    catalog.cancel(id, "by admin", NOW);
    assertThat(catalog.find(id).orElseThrow().status()).isEqualTo(ExecutionStatus.CANCELLED);
    assertFailure(
        ErrorKind.CONFLICT, () -> catalog.complete(id, ExecutionResult.NONE, NOW), "cancelled");
    assertFailure(ErrorKind.NOT_FOUND, () -> catalog.fail("nobody", "x", NOW), "no such execution");
  }

  @Test
  void timestampsAreTextInMicrosecondsWithAnOffset() throws Exception {
    catalog.begin(
        execution(ExecutionKind.BACKUP, "d-1", "x", Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(PythonCatalog.rows(file, "SELECT started_at FROM backup_executions"))
        .containsExactly("2026-01-01T00:00:00.000000+00:00");
  }

  @Test
  void listsNewestFirstByKindStatusAndDestination() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ExecutionKind kind = i % 2 == 0 ? ExecutionKind.BACKUP : ExecutionKind.VERIFY;
      ids.add(0, catalog.begin(execution(kind, "d-" + i % 3, "x", NOW.plusSeconds(i))));
    }
    catalog.fail(ids.get(0), "x", NOW);
    ExecutionFilter all = ExecutionFilter.newest();
    assertThat(list(all)).containsExactlyElementsOf(ids);
    assertThat(list(all.withPage(2, 1))).containsExactly(ids.get(1), ids.get(2));
    assertThat(list(all.withKind(ExecutionKind.VERIFY)))
        .containsExactly(ids.get(0), ids.get(2), ids.get(4));
    assertThat(list(all.withStatus(ExecutionStatus.FAILED))).containsExactly(ids.get(0));
    assertThat(list(all.withDestination("d-0"))).containsExactly(ids.get(2), ids.get(5));
    assertThat(catalog.count(all.withPage(1, 0))).isEqualTo(6);
    assertThat(catalog.count(all.withDestination("d-0").withKind(ExecutionKind.VERIFY)))
        .isEqualTo(1);
  }

  @Test
  void refusesAPageThatIsNone() {
    assertFailure(
        ErrorKind.INVALID_INPUT, () -> ExecutionFilter.newest().withPage(0, 0), "limit 0");
    assertFailure(
        ErrorKind.INVALID_INPUT, () -> ExecutionFilter.newest().withPage(1, -1), "offset -1");
    assertFailure(
        ErrorKind.INVALID_INPUT, () -> ExecutionStatus.of("done"), "no such execution status");
  }

  @Test
  void reconcileEndsOnlyWhatNobodyRuns() {
    String dead = catalog.begin(execution(ExecutionKind.BACKUP, "d-1", "17@fra1", NOW));
    String alive = catalog.begin(execution(ExecutionKind.BACKUP, "d-1", "18@fra1", NOW));
    String done = catalog.begin(execution(ExecutionKind.BACKUP, "d-1", "17@fra1", NOW));
    catalog.complete(done, ExecutionResult.NONE, NOW);
    String foreign = catalog.begin(execution(ExecutionKind.BACKUP, "d-1", null, NOW));
    String oldForeign =
        catalog.begin(
            execution(ExecutionKind.BACKUP, "d-1", null, NOW.minus(Duration.ofHours(25))));
    assertThat(catalog.reconcile("18@fra1"::equals, NOW.plusSeconds(9)))
        .extracting(Execution::id)
        .containsExactlyInAnyOrder(dead, oldForeign);
    Execution interrupted = catalog.find(dead).orElseThrow();
    assertThat(interrupted.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(interrupted.errorMessage()).startsWith("interrupted").contains("17@fra1");
    assertThat(interrupted.completedAt()).isEqualTo(NOW.plusSeconds(9));
    assertThat(catalog.find(alive).orElseThrow().status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(catalog.find(foreign).orElseThrow().status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(catalog.find(done).orElseThrow().status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(catalog.reconcile("18@fra1"::equals, NOW)).isEmpty();
  }

  @Test
  void sqlInAnyTextIsOnlyText() {
    NewExecution hostile =
        new NewExecution(
            ExecutionKind.BACKUP,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            Set.of(),
            HOSTILE,
            NOW,
            null);
    String id = catalog.begin(hostile);
    ExecutionResult result =
        new ExecutionResult(
            HOSTILE,
            HOSTILE,
            1L,
            1L,
            1,
            HOSTILE,
            HOSTILE,
            List.of(HOSTILE),
            Map.of(HOSTILE, Duration.ofMillis(1)),
            HOSTILE,
            List.of());
    catalog.fail(id, HOSTILE, result, NOW);
    assertThat(catalog.find(id))
        .contains(new Execution(id, ExecutionStatus.FAILED, hostile, NOW, HOSTILE, result));
    assertThat(list(ExecutionFilter.newest().withDestination(HOSTILE))).containsExactly(id);
    assertThat(catalog.find(HOSTILE)).isEmpty();
    assertThat(catalog.findBackup(HOSTILE, HOSTILE)).isEmpty();
    catalog.pins().pin(HOSTILE, HOSTILE, HOSTILE, NOW);
    assertThat(catalog.pins().list(HOSTILE))
        .containsExactly(new Pin(HOSTILE, HOSTILE, HOSTILE, NOW));
    assertThat(catalog.metadata().putIfAbsent(HOSTILE, HOSTILE)).isEqualTo(HOSTILE);
  }

  @Test
  void pinsAreReplacedAndTakenAway() {
    catalog.pins().pin("d-1", "/a", "audit 2025", NOW);
    catalog.pins().pin("d-1", "/a", "audit 2026", NOW.plusSeconds(1));
    catalog.pins().pin("d-2", "/a", "other", NOW);
    assertThat(catalog.pins().list("d-1"))
        .containsExactly(new Pin("d-1", "/a", "audit 2026", NOW.plusSeconds(1)));
    assertThat(catalog.pins().unpin("d-1", "/a")).isTrue();
    assertThat(catalog.pins().unpin("d-1", "/a")).isFalse();
    assertThat(catalog.pins().list("d-2")).hasSize(1);
  }

  @Test
  void theFirstValueOfAMetadataKeyStays() {
    assertThat(catalog.metadata().get(Metadata.INSTANCE_ID)).isEmpty();
    assertThat(catalog.metadata().putIfAbsent(Metadata.INSTANCE_ID, "instance_1"))
        .isEqualTo("instance_1");
    assertThat(catalog.metadata().putIfAbsent(Metadata.INSTANCE_ID, "instance_2"))
        .isEqualTo("instance_1");
    assertThat(Catalog.open(file).metadata().get(Metadata.INSTANCE_ID)).contains("instance_1");
    assertThat(catalog.metadata().get("schema_version"))
        .contains(String.valueOf(Takeover.SCHEMA_VERSION));
  }

  @Test
  void aCorruptCatalogIsNamedWithItsCure() throws Exception {
    Path garbage = Files.writeString(directory.resolve("garbage.db"), "no database ".repeat(999));
    assertThatThrownBy(() -> Catalog.open(garbage))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
              assertThat(failure).hasMessageContaining(garbage.toString());
              assertThat(failure.hint().orElseThrow()).contains("move it away");
            });
    assertThat(garbage).hasContent("no database ".repeat(999));
  }

  @Test
  void aCatalogWhosePagesAreDamagedIsNamedWithItsCure() throws Exception {
    for (int i = 0; i < 200; i++) {
      catalog.metadata().putIfAbsent("key" + i, "value ".repeat(50));
    }
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0xA5);
    Files.write(file, bytes);
    assertFailure(
        ErrorKind.VERIFICATION_FAILED,
        () -> Catalog.open(file).list(ExecutionFilter.newest()),
        "corrupt");
  }

  @Test
  void anotherProgramsDatabaseIsNotTouched() throws Exception {
    Path other = directory.resolve("other.db");
    PythonCatalog.execute(other, List.of("CREATE TABLE backup_executions(a, b)"));
    List<String> before = PythonCatalog.schema(other);
    assertFailure(ErrorKind.VERIFICATION_FAILED, () -> Catalog.open(other), "not a catalog");
    assertThat(PythonCatalog.schema(other)).isEqualTo(before);
  }

  @Test
  void aDamagedRowIsNamedNotSkipped() throws Exception {
    String id = catalog.begin(execution(ExecutionKind.BACKUP, "d-1", "x", NOW));
    PythonCatalog.execute(file, List.of("UPDATE backup_executions SET started_at = 'yesterday'"));
    assertFailure(ErrorKind.VERIFICATION_FAILED, () -> catalog.find(id), "'yesterday'");
    PythonCatalog.execute(
        file,
        List.of(
            "UPDATE backup_executions SET started_at = '2026-01-01 00:00:00', warnings_json = '['"));
    assertFailure(ErrorKind.VERIFICATION_FAILED, () -> catalog.find(id), "not readable");
  }

  @Test
  void aCatalogThatWasMovedAwayIsNotFound() throws Exception {
    Files.delete(file);
    assertFailure(
        ErrorKind.NOT_FOUND, () -> catalog.list(ExecutionFilter.newest()), "does not exist");
    assertThat(file).doesNotExist();
  }

  private List<String> list(ExecutionFilter filter) {
    return catalog.list(filter).stream().map(Execution::id).toList();
  }

  static void assertFailure(ErrorKind kind, ThrowingCallable call, String text) {
    assertThatThrownBy(call)
        .hasMessageContaining(text)
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(kind);
              assertThat(failure.hint()).isPresent();
            });
  }
}
