package org.tacvault.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.destination.TestContent;
import org.tacvault.engine.destination.local.LocalSettings;
import org.tacvault.engine.error.EngineException;

class RetentionServiceTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  @TempDir Path directory;
  private Catalog catalog;
  private Path store;
  private Destination destination;
  private DestinationRecord row;
  private RetentionService service;

  @BeforeEach
  void storeThreeBackupsOfWhichOneIsKept() {
    catalog = Catalog.open(directory.resolve("catalog.db"));
    store = directory.resolve("store");
    destination = LocalSettings.parse(Map.of("base_path", store.toString())).open();
    for (int day = 1; day <= 3; day++) {
      Instant takenAt = NOW.minus(Duration.ofDays(day));
      ArchiveName name = new ArchiveName("fra1", takenAt, "manual", 1, ".tar.gz");
      destination.put(name.relativePath(), TestContent.of(new byte[day]));
    }
    row = keeping(1);
    service =
        new RetentionService(
            catalog, InstantSource.fixed(NOW), Duration.ofDays(7), 3, () -> "1@test owner-token");
  }

  @AfterEach
  void closeDestination() {
    destination.close();
  }

  @Test
  void recordsEveryArchiveThatItDeletes() {
    RetentionRun run = service.apply(row, destination, "manual:admin");
    assertThat(run.report().deleted()).hasSize(2);
    Execution recorded = catalog.find(run.executionId()).orElseThrow();
    assertThat(recorded.kind()).isEqualTo(ExecutionKind.RETENTION);
    assertThat(recorded.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(recorded.request().destinationId()).isEqualTo(row.id());
    assertThat(recorded.request().triggeredBy()).isEqualTo("manual:admin");
    assertThat(recorded.request().owner()).isEqualTo("1@test owner-token");
    assertThat(recorded.request().comment()).isEqualTo("keep the newest backup");
    assertThat(recorded.completedAt()).isEqualTo(NOW);
    assertThat(recorded.result().manifestJson())
        .contains(run.report().deleted().stream().map(StoredArchive::path).toList())
        .contains("\"kept\":1", "\"failed\":[]");
  }

  @Test
  void recordsWhatCouldNotBeDeletedAsWarnings() {
    RetentionRun run = service.apply(row, new UndeletableDestination(destination), "test");
    assertThat(run.report().failures()).hasSize(2);
    Execution recorded = catalog.find(run.executionId()).orElseThrow();
    assertThat(recorded.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(recorded.result().warnings())
        .hasSize(2)
        .allSatisfy(warning -> assertThat(warning).startsWith("could not be deleted: "));
  }

  @Test
  void recordsThatItFailedWhenTheDestinationCannotBeListed() throws Exception {
    Files.move(store, directory.resolve("gone"));
    Files.writeString(store, "not a directory");
    assertThatThrownBy(() -> service.apply(row, destination, "test"))
        .isInstanceOf(EngineException.class);
    assertThat(executions())
        .singleElement()
        .satisfies(
            execution -> {
              assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
              assertThat(execution.errorMessage()).isNotBlank();
            });
  }

  @Test
  void afterABackupOnlyDeletionsAreWorthARecord() {
    assertThat(service.applyWhenDue(keeping(3), destination, "backup").kept()).hasSize(3);
    assertThat(executions()).isEmpty();
    assertThat(service.applyWhenDue(row, destination, "backup").deleted()).hasSize(2);
    assertThat(executions()).hasSize(1);
  }

  @Test
  void onDemandARunWithoutDeletionsIsRecordedToo() {
    service.apply(keeping(3), destination, "test");
    assertThat(executions()).hasSize(1);
  }

  private DestinationRecord keeping(int count) {
    return catalog
        .destinations()
        .add(
            new NewDestination(
                "keep " + count,
                "local",
                Map.of("base_path", store.toString()),
                30,
                "simple",
                Map.of("keep_count", count),
                NOW,
                "test"));
  }

  private List<Execution> executions() {
    return catalog.list(ExecutionFilter.newest());
  }
}
