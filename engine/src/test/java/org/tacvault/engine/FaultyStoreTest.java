package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tacvault.engine.EngineScene.assertFails;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.destination.Content;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.DestinationSettings;
import org.tacvault.engine.destination.FaultyDestination;
import org.tacvault.engine.destination.FaultyDestination.Fault;
import org.tacvault.engine.destination.ForwardingDestination;
import org.tacvault.engine.destination.Retries;
import org.tacvault.engine.destination.RetryPolicy;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.destination.local.LocalSettings;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.verify.ArchiveRef;
import org.tacvault.engine.verify.VerifyListener;

/** Whole backups, verifications, restores and retention at a store that breaks. */
class FaultyStoreTest {
  private static final String TYPE = "faulty";

  @TempDir Path root;
  private UnaryOperator<Destination> faults = UnaryOperator.identity();
  private EngineScene scene;
  private DestinationRecord row;

  /** A directory with the faults of the moment. */
  private record FaultySettings(LocalSettings place, FaultyStoreTest test)
      implements DestinationSettings {
    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> toConfig() {
      return place.toConfig();
    }

    @Override
    public Destination open(Retries retries) {
      return test.faults.apply(place.open(retries));
    }
  }

  @BeforeEach
  void openHome() {
    SampleHome.create(root.resolve("home"), SampleSize.SMALL, 7, EngineScene.NOW);
    Home home = Home.at(root.resolve("home"));
    EngineOptions options =
        new EngineOptions(home, Environment.of(Map.of()), InstantSource.fixed(EngineScene.NOW))
            .withRetryPolicy(new RetryPolicy(2, Duration.ofMillis(1)))
            .withDestinationType(
                TYPE, config -> new FaultySettings(LocalSettings.parse(config), this));
    scene = new EngineScene(home, root.resolve("store"), BackupEngine.open(options));
    row =
        scene
            .engine()
            .destinations()
            .add(
                new NewDestination(
                    "far",
                    TYPE,
                    Map.of("base_path", scene.store().toString()),
                    30,
                    "simple",
                    Map.of("keep_count", 1),
                    EngineScene.NOW,
                    "test"));
  }

  @AfterEach
  void closeHome() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "PUT_CUT,2",
    "PUT_ANSWER_LOST,1",
    "GET_CUT,1",
    "GET_UNREACHABLE,2",
    "STAT_UNREACHABLE,2",
    "LIST_HALF_FAILED,1",
    "CHECK_UNREACHABLE,2"
  })
  void whatPassesCostsNoBackupAndIsSeen(Fault fault, int times) {
    happens(fault, times);
    Execution done = backUp();
    assertThat(done.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(done.result().warnings())
        .filteredOn(text -> text.contains("tried again after"))
        .hasSize(times);
    assertThat(archives()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT_CUT,UNREACHABLE",
    "PUT_FULL,NO_SPACE",
    "PUT_REFUSED,ACCESS_DENIED",
    "PUT_TRUNCATED,VERIFICATION_FAILED",
    "PUT_SPOILED,VERIFICATION_FAILED",
    "SIZE_LIED,VERIFICATION_FAILED",
    "GET_UNREACHABLE,UNREACHABLE"
  })
  void whatStaysFailsTheBackupAndLeavesNothingThatLooksLikeOne(Fault fault, ErrorKind kind) {
    happens(fault, Integer.MAX_VALUE);
    assertThatThrownBy(this::backUp)
        .isInstanceOfSatisfying(
            EngineException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    Execution failed = scene.assertNewest(ExecutionStatus.FAILED);
    assertThat(failed.result().warnings()).hasSize(kind == ErrorKind.UNREACHABLE ? 2 : 0);
    assertThat(archives()).isEmpty();
    scene.assertNothingLeft();
  }

  @Test
  void refusedDeletionsOfRetentionAreWarnings() {
    backUp();
    happens(Fault.DELETE_REFUSED, Integer.MAX_VALUE);
    Execution done = backUp();
    assertThat(done.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(done.result().warnings()).anyMatch(text -> text.contains("denied"));
    assertThat(archives()).hasSize(2);
  }

  @Test
  void deletionsWhoseAnswerIsLostAreDone() {
    backUp();
    happens(Fault.DELETE_ANSWER_LOST, 1);
    backUp();
    assertThat(archives()).hasSize(1);
  }

  @Test
  void verificationReadsOnAfterACut() {
    String path = String.valueOf(backUp().result().backupPath());
    happens(Fault.GET_UNREACHABLE, 1);
    try (Destination source = scene.engine().source(row)) {
      assertThat(
              scene
                  .engine()
                  .verifier()
                  .verify(
                      new ArchiveRef.Stored(row.id(), source, path),
                      Keys.none(),
                      "test",
                      VerifyListener.NONE)
                  .warnings())
          .singleElement()
          .asString()
          .contains("tried again");
    }
  }

  @Test
  void restoreReadsOnAfterACutAndChangesNothingWhenItCannot() throws Exception {
    String path = String.valueOf(backUp().result().backupPath());
    Map<String, Object> before = scene.content();
    happens(Fault.GET_UNREACHABLE, Integer.MAX_VALUE);
    assertFails(ErrorKind.UNREACHABLE, "connection lost", () -> restore(path));
    assertThat(scene.assertNewest(ExecutionStatus.FAILED).result().warnings()).hasSize(2);
    assertThat(scene.content()).isEqualTo(before);
    Files.delete(scene.database("devices"));
    happens(Fault.GET_UNREACHABLE, 1);
    restore(path);
    assertThat(scene.content()).isEqualTo(before);
  }

  @Test
  void aConnectionTestShowsTheFirstFailure() {
    happens(Fault.CHECK_UNREACHABLE, 1);
    assertThat(scene.engine().destinations().test("far").passed()).isFalse();
  }

  @Test
  void whatTheStoreProvedIsNotReadBack() {
    faults = place -> new Proving(place, true);
    Execution done = backUp();
    assertThat(done.result().verifiedBy()).isEqualTo("size; by the destination: SHA-256 of parts");
  }

  @Test
  void whatTheStoreDidNotProveIsReadBack() {
    assertThat(backUp().result().verifiedBy()).isEqualTo("size; SHA-256, read back");
    faults = place -> new Proving(place, false);
    assertFails(ErrorKind.FAILED, "nobody may read", this::backUp);
  }

  /** A store that cannot be read from, but proves what it got. */
  private static final class Proving extends ForwardingDestination {
    private final boolean proves;

    Proving(Destination destination, boolean proves) {
      super(destination);
      this.proves = proves;
    }

    @Override
    public StoredArchive put(String relativePath, Content content) {
      StoredArchive stored = super.put(relativePath, content);
      return proves ? stored.provenBy("SHA-256 of parts") : stored;
    }

    @Override
    public InputStream get(String path, long offset) {
      throw new EngineException(ErrorKind.FAILED, "read archive", path, "nobody may read")
          .withHint("prove it otherwise");
    }
  }

  private void happens(Fault fault, int times) {
    faults = place -> new FaultyDestination(place).with(fault, times);
  }

  private Execution backUp() {
    BackupTarget target = scene.engine().target(row);
    try (Destination ignored = target.destination()) {
      return scene.backUp(target, BackupListener.NONE);
    }
  }

  private void restore(String path) {
    try (Destination source = scene.engine().source(row);
        PreparedRestore prepared =
            scene
                .engine()
                .restores()
                .prepare(
                    new RestoreRequest(
                        new ArchiveRef.Stored(row.id(), source, path),
                        Set.of(),
                        Keys.none(),
                        RestoreOptions.PLAIN,
                        "test",
                        RestoreListener.NONE))) {
      prepared.apply();
    }
  }

  private List<StoredArchive> archives() {
    try (Destination behind = new LocalSettings(scene.store(), null).open()) {
      return behind.list();
    }
  }
}
