package org.tacvault.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.destination.TestContent;
import org.tacvault.engine.destination.local.LocalSettings;
import org.tacvault.engine.error.ErrorKind;

class PrunerTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  @TempDir Path directory;
  private Destination destination;

  @BeforeEach
  void storeFourBackups() {
    destination = LocalSettings.parse(Map.of("base_path", directory.toString())).open();
    for (int i = 1; i <= 4; i++) {
      String type = i == 2 ? "manual" : "scheduled";
      ArchiveName name = new ArchiveName("fra1", NOW.minusSeconds(i * 60L), type, 1, ".tar.gz");
      destination.put(name.relativePath(), TestContent.of(new byte[i]));
    }
  }

  @AfterEach
  void closeDestination() {
    destination.close();
  }

  private RetentionPlan keepOne() {
    return RetentionPlanner.plan(
        destination.list(), RetentionPolicy.keepCount(1), RetentionFloors.standard(), NOW);
  }

  @Test
  void deletesWhatThePlanSaysOldestFirst() {
    RetentionPlan plan = keepOne();
    RetentionReport report = Pruner.apply(plan, destination);
    assertThat(report.succeeded()).isTrue();
    assertThat(report.deleted()).extracting(StoredArchive::sizeBytes).containsExactly(4L, 3L, 2L);
    assertThat(report.kept()).isEqualTo(destination.list());
    assertThat(keepOne().deleted()).isEmpty();
  }

  @Test
  void reportsWhatCannotBeDeletedAndGoesOn() throws Exception {
    RetentionPlan plan = keepOne();
    // The manual backup's directory is replaced by a link, which deletes refuse to follow.
    Path manual = directory.resolve("fra1/manual");
    Files.move(manual, directory.resolve("moved"));
    Files.createSymbolicLink(manual, directory.resolve("moved"));
    RetentionReport report = Pruner.apply(plan, destination);
    assertThat(report.deleted()).extracting(StoredArchive::sizeBytes).containsExactly(4L, 3L);
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.archive().sizeBytes()).isEqualTo(2);
              assertThat(failure.error().kind()).isEqualTo(ErrorKind.INVALID_INPUT);
            });
    assertThat(report.succeeded()).isFalse();
  }

  @Test
  void whatIsGoneAlreadyIsDeleted() {
    RetentionPlan plan = keepOne();
    destination.delete(plan.deleted().get(1).path());
    RetentionReport report = Pruner.apply(plan, destination);
    assertThat(report.succeeded()).isTrue();
    assertThat(report.deleted()).hasSize(3);
    assertThat(destination.list()).hasSize(1);
  }

  @Test
  void aPlanAloneDeletesNothing() {
    List<StoredArchive> before = destination.list();
    assertThat(keepOne().deleted()).hasSize(3);
    assertThat(destination.list()).isEqualTo(before);
  }
}
