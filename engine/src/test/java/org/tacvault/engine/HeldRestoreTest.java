package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.engine.EngineScene.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.HeldRestores;
import org.tacvault.engine.restore.Recovery;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.testing.ChildJvm;

/** A restore that goes back by itself unless it is confirmed in time. */
class HeldRestoreTest {
  private static final Optional<Duration> TEN_MINUTES = Optional.of(Duration.ofMinutes(10));

  @TempDir Path root;
  private UndoScene scene;

  @BeforeEach
  void createScene() {
    scene = UndoScene.create(root);
  }

  @Test
  void isInPlaceAndHeldOverARestartUntilTheDeadline() {
    RestoreReport report = scene.restore(TEN_MINUTES);
    assertThat(scene.content()).isEqualTo(scene.other);
    assertThat(report.goesBackAt()).isEqualTo(scene.now.plusSeconds(600));
    scene.pass(Duration.ofSeconds(599));
    try (BackupEngine engine = scene.open()) {
      assertThat(engine.startup().recovered()).isEmpty();
      assertThat(engine.startup().held())
          .hasValueSatisfying(
              held -> {
                assertThat(held.executionId()).isEqualTo(report.executionId());
                assertThat(held.deadline()).isEqualTo(report.goesBackAt());
                assertThat(held.components()).containsExactly(Component.values());
              });
    }
    assertThat(scene.content()).isEqualTo(scene.other);
    Execution execution = scene.restores().get(0);
    assertThat(execution.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(execution.result().warnings())
        .containsExactly("it goes back at " + report.goesBackAt() + " unless it is kept");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theNextStartAfterTheDeadlineTakesItBack(boolean rollbackJournals) throws Exception {
    if (rollbackJournals) {
      scene.useRollbackJournals();
    }
    RestoreReport report = scene.restore(TEN_MINUTES);
    scene.pass(Duration.ofMinutes(10));
    try (BackupEngine engine = scene.open()) {
      Recovery.Report back = engine.startup().recovered().orElseThrow();
      assertThat(back.outcome()).isEqualTo(Recovery.Outcome.WENT_BACK);
      assertThat(back.executionId()).isEqualTo(report.executionId());
      assertThat(engine.startup().held()).isEmpty();
      assertThat(engine.startup().interrupted()).isEmpty();
    }
    assertThat(scene.content()).isEqualTo(scene.before);
    assertThat(scene.home.restoreJournal()).doesNotExist();
    assertThat(scene.restores()).hasSize(2);
    Execution back = scene.restores().get(0);
    assertThat(back.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(back.request().triggeredBy()).isEqualTo(HeldRestores.NOT_CONFIRMED);
    assertThat(back.request().undoes()).isEqualTo(report.executionId());
    assertThat(back.request().comment()).contains(report.executionId());
    assertThat(scene.restores().get(1).result().warnings())
        .contains("it went back at " + scene.now + ": see " + back.id());
  }

  @Test
  void whoHasTheUsersOpenSeesTheOldOnesAgainWithoutReopening() throws Exception {
    String query =
        "SELECT group_concat(username) FROM (SELECT username FROM local_users ORDER BY 1)";
    try (Connection reader =
            DriverManager.getConnection("jdbc:sqlite:" + scene.database("local_auth"));
        Statement statement = reader.createStatement()) {
      String old = statement.executeQuery(query).getString(1);
      scene.restore(TEN_MINUTES);
      assertThat(statement.executeQuery(query).getString(1)).isNotEqualTo(old);
      scene.pass(Duration.ofMinutes(11));
      scene.open().close();
      assertThat(statement.executeQuery(query).getString(1)).isEqualTo(old);
    }
  }

  @Test
  void keptInTimeItStaysForEver() {
    RestoreReport report = scene.restore(TEN_MINUTES);
    scene.pass(Duration.ofMinutes(9));
    try (BackupEngine engine = scene.open()) {
      assertThat(engine.heldRestores().keep("somebody").executionId())
          .isEqualTo(report.executionId());
      assertThat(engine.heldRestores().find()).isEmpty();
    }
    Instant kept = scene.now;
    scene.pass(Duration.ofHours(2));
    scene.open().close();
    assertThat(scene.content()).isEqualTo(scene.other);
    assertThat(scene.home.restoreJournal()).doesNotExist();
    assertThat(scene.restores()).hasSize(1);
    assertThat(scene.restores().get(0).result().warnings())
        .contains("it was kept at " + kept + " by somebody");
  }

  @Test
  void keepingTooLateIsRefusedAndSaysThatItWentBack() {
    scene.restore(TEN_MINUTES);
    try (BackupEngine engine = scene.open()) {
      scene.pass(Duration.ofMinutes(10));
      assertFails(ErrorKind.CONFLICT, "too late", () -> engine.heldRestores().keep("somebody"));
      assertThat(scene.content()).isEqualTo(scene.before);
      assertFails(ErrorKind.CONFLICT, "went back at", () -> engine.heldRestores().keep("somebody"));
    }
  }

  @Test
  void keepingNothingIsAnError() {
    scene.restore(Optional.empty());
    try (BackupEngine engine = scene.open()) {
      assertFails(
          ErrorKind.NOT_FOUND,
          "no restore waits to be confirmed",
          () -> engine.heldRestores().keep("somebody"));
    }
  }

  @Test
  void itCanBeTakenBackAtOnce() {
    scene.restore(TEN_MINUTES, Component.USERS);
    try (BackupEngine engine = scene.open()) {
      Recovery.Report back = engine.heldRestores().goBack("manual:somebody").orElseThrow();
      assertThat(back.components()).containsExactly(Component.USERS);
      assertThat(engine.heldRestores().goBack("manual:somebody")).isEmpty();
    }
    assertThat(scene.content()).isEqualTo(scene.before);
    assertThat(scene.restores().get(0).request().triggeredBy()).isEqualTo("manual:somebody");
  }

  @Test
  void anotherRestoreIsRefusedAndABackupIsNot() {
    scene.restore(TEN_MINUTES);
    assertThat(
            assertFails(
                    ErrorKind.CONFLICT,
                    "waits to be confirmed",
                    () -> scene.restore(Optional.empty()))
                .hint())
        .hasValueSatisfying(hint -> assertThat(hint).contains("--keep", "--undo"));
    try (EngineScene engine = EngineScene.open(root, scene.environment)) {
      assertThat(engine.backUp().status()).isEqualTo(ExecutionStatus.COMPLETED);
    }
    assertThat(scene.restores()).hasSize(1);
    assertThat(scene.content()).isEqualTo(scene.other);
  }

  @Test
  void aRestoreAfterTheDeadlineFirstGoesBack() {
    try (BackupEngine engine = scene.open()) {
      RestoreReport held = scene.restore(TEN_MINUTES, Component.DEVICES);
      scene.pass(Duration.ofMinutes(10));
      scene.restore(Optional.empty(), Component.USERS);
      assertThat(engine.heldRestores().find()).isEmpty();
      assertThat(scene.restores().get(1).request().undoes()).isEqualTo(held.executionId());
    }
    assertThat(scene.content().get("data/devices.db"))
        .isEqualTo(scene.before.get("data/devices.db"));
    assertThat(scene.content().get("data/local_auth.db"))
        .isEqualTo(scene.other.get("data/local_auth.db"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.001S"})
  void aTimeThatNobodyMeansIsRefused(String time) {
    assertFails(
        ErrorKind.INVALID_INPUT,
        "no such time",
        () -> scene.restore(Optional.of(Duration.parse(time))));
    assertThat(scene.restores()).isEmpty();
  }

  @Test
  void aClockThatWasSetBackEndsTheWait() {
    scene.restore(TEN_MINUTES);
    scene.pass(Duration.ofSeconds(-50));
    scene.open().close();
    assertThat(scene.content()).isEqualTo(scene.other);
    scene.pass(Duration.ofSeconds(-20));
    scene.open().close();
    assertThat(scene.content()).isEqualTo(scene.before);
  }

  @Test
  void theWatchGoesBackAtTheDeadlineAndNotBefore() {
    RestoreWatch watch = new RestoreWatch(scene.options());
    assertThat(watch.look()).isEmpty();
    scene.restore(TEN_MINUTES);
    assertThat(watch.look()).isEmpty();
    assertThat(watch.isHolding()).isTrue();
    scene.pass(Duration.ofMinutes(10));
    assertThat(watch.look()).isPresent();
    assertThat(scene.content()).isEqualTo(scene.before);
    assertThat(watch.look()).isEmpty();
    assertThat(watch.isHolding()).isFalse();
  }

  @Test
  void theWatchIsNotFooledByAClockThatIsSetBackALittleAgainAndAgain() {
    AtomicLong nanos = new AtomicLong();
    RestoreWatch watch = new RestoreWatch(scene.options(), nanos::get);
    scene.restore(TEN_MINUTES);
    assertThat(watch.look()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(599).toNanos());
    assertThat(watch.look()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(watch.look()).isPresent();
    assertThat(scene.content()).isEqualTo(scene.before);
  }

  @Test
  void goingBackThatFailsIsTriedAgainAndRecordedOnce() throws Exception {
    RestoreReport report = scene.restore(TEN_MINUTES, Component.CONFIG);
    scene.pass(Duration.ofMinutes(10));
    Path hidden = root.resolve("hidden");
    Path kept = scene.home.restoreJournal().resolve("undo/tacacs.conf");
    Files.move(kept, hidden);
    assertFails(ErrorKind.NOT_FOUND, "could not be put back yet", () -> scene.open().close());
    assertThat(scene.home.restoreJournal()).exists();
    Files.move(hidden, kept);
    try (BackupEngine engine = scene.open()) {
      assertThat(engine.startup().recovered().map(Recovery.Report::outcome))
          .hasValue(Recovery.Outcome.WENT_BACK);
    }
    assertThat(scene.content()).isEqualTo(scene.before);
    assertThat(scene.restores())
        .extracting(Execution::status)
        .containsExactly(
            ExecutionStatus.COMPLETED, ExecutionStatus.FAILED, ExecutionStatus.COMPLETED);
    assertThat(scene.restores().get(0).request().undoes()).isEqualTo(report.executionId());
  }

  @Test
  void anUnreadableDeadlineIsAClearErrorAndChangesNothing() throws Exception {
    scene.restore(TEN_MINUTES);
    Path journal = scene.home.restoreJournal().resolve("journal.json");
    String text = Files.readString(journal);
    HeldRestore held = HeldRestore.find(scene.home.restoreJournal()).orElseThrow();
    Files.writeString(journal, text.replace(held.deadline().toString(), "2036-11-23T03:00:00Z"));
    assertFails(ErrorKind.VERIFICATION_FAILED, "cannot be understood", () -> scene.open().close());
    assertThat(scene.content()).isEqualTo(scene.other);
  }

  @RepeatedTest(3)
  void keepingAndTheDeadlineRaceToJustOneEnd() throws Exception {
    RestoreReport report = scene.restore(TEN_MINUTES, Component.CONFIG, Component.USERS);
    Instant deadline = scene.now.plusSeconds(600);
    try (ChildJvm keeper = racer("keep", deadline.minusSeconds(1));
        ChildJvm opener = racer("open", deadline)) {
      keeper.awaitLine("ready");
      opener.awaitLine("ready");
      keeper.endInput();
      opener.endInput();
      String kept = keeper.awaitLine("end");
      String opened = opener.awaitLine("end");
      assertThat(List.of(kept, opened))
          .isIn(
              List.of("kept", "nothing"),
              List.of("refused CONFLICT", "back"),
              List.of("refused NOT_FOUND", "back"));
      boolean isKept = kept.equals("kept");
      assertThat(scene.content().get("data/local_auth.db"))
          .isEqualTo((isKept ? scene.other : scene.before).get("data/local_auth.db"));
      assertThat(scene.content().get("config/tacacs.conf"))
          .isEqualTo((isKept ? scene.other : scene.before).get("config/tacacs.conf"));
      assertThat(scene.home.restoreJournal()).doesNotExist();
      assertThat(scene.restores())
          .filteredOn(run -> report.executionId().equals(run.request().undoes()))
          .hasSize(isKept ? 0 : 1);
    }
  }

  @Test
  void aRestoreThatIsKilledBeforeItIsRecordedIsHeldAllTheSame() throws Exception {
    try (ChildJvm child = ChildJvm.start(HeldKilled.class, scene.home.root(), scene.archive)) {
      assertThat(child.awaitExit()).isEqualTo(9);
    }
    try (BackupEngine engine = scene.open()) {
      assertThat(engine.startup().held()).isPresent();
      assertThat(engine.startup().interrupted()).isEmpty();
    }
    Execution restore = scene.restores().get(0);
    assertThat(restore.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(restore.result().emergencyPath()).isNotNull();
    try (BackupEngine engine = scene.open()) {
      engine.heldRestores().keep("somebody");
    }
    assertThat(scene.content()).isEqualTo(scene.other);
    scene.undo();
    assertThat(scene.content()).isEqualTo(scene.before);
  }

  private ChildJvm racer(String work, Instant now) {
    return ChildJvm.start(HeldRacer.class, scene.home.root(), work, now);
  }
}
