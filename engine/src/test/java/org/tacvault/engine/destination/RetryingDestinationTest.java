package org.tacvault.engine.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tacvault.engine.destination.DestinationContract.assertKind;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.destination.FaultyDestination.Fault;
import org.tacvault.engine.destination.local.LocalSettings;
import org.tacvault.engine.error.ErrorKind;

class RetryingDestinationTest {
  private static final String PATH =
      DestinationContract.path("fra1", "manual", DestinationContract.TAKEN);
  private static final Content CONTENT = TestContent.random(3, 3_000_000);

  @TempDir Path store;
  private final List<Duration> pauses = new ArrayList<>();
  private final RetryLog log = new RetryLog();
  private FaultyDestination faulty;
  private RetryingDestination destination;

  @BeforeEach
  void open() {
    faulty = new FaultyDestination(new LocalSettings(store, null).open());
    Retries retries =
        new Retries(RetryPolicy.DEFAULT, log, pauses::add, RandomGenerator.getDefault());
    destination = new RetryingDestination(faulty, retries, log);
  }

  @Test
  void aPutThatIsCutBeginsAnew() throws Exception {
    faulty.with(Fault.PUT_CUT, 2);
    StoredArchive stored = destination.put(PATH, CONTENT);
    assertSame(stored);
    assertThat(pauses).hasSize(2);
    assertThat(destination.retried())
        .hasSize(2)
        .allMatch(text -> text.startsWith("store archive " + PATH + ": tried again after"));
  }

  @Test
  void aPutThatIsCutAgainAndAgainFails() {
    faulty.always(Fault.PUT_CUT);
    assertKind(ErrorKind.UNREACHABLE, () -> destination.put(PATH, CONTENT));
    assertThat(pauses).hasSize(2);
    assertThat(destination.list()).isEmpty();
  }

  @Test
  void aPutWhoseAnswerWasLostIsFoundToBeDone() throws Exception {
    faulty.with(Fault.PUT_ANSWER_LOST, 1);
    StoredArchive stored = destination.put(PATH, CONTENT);
    assertSame(stored);
    assertThat(stored.proof()).isPresent();
    assertThat(destination.list()).hasSize(1);
  }

  @Test
  void comparingWithWhatIsThereIsRetriedToo() throws Exception {
    faulty.with(Fault.PUT_ANSWER_LOST, 1).with(Fault.STAT_UNREACHABLE, 1).with(Fault.GET_CUT, 1);
    assertSame(destination.put(PATH, CONTENT));
  }

  @Test
  void anotherArchiveOfThatNameIsAConflictAlsoWhenRetried() throws Exception {
    destination.put(PATH, TestContent.random(4, 3_000_000));
    faulty.with(Fault.PUT_CUT, 1);
    assertKind(ErrorKind.CONFLICT, () -> destination.put(PATH, CONTENT));
    assertThat(TestContent.sha256(destination.get(PATH)))
        .isEqualTo(TestContent.sha256(TestContent.random(4, 3_000_000)));
  }

  @Test
  void theSameArchiveIsAConflictWhenItWasThereBefore() {
    destination.put(PATH, CONTENT);
    assertKind(ErrorKind.CONFLICT, () -> destination.put(PATH, CONTENT));
  }

  @Test
  void whatStaysIsNotTriedAgain() {
    faulty.with(Fault.PUT_FULL, 1);
    assertKind(ErrorKind.NO_SPACE, () -> destination.put(PATH, CONTENT));
    faulty.with(Fault.PUT_REFUSED, 1);
    assertKind(ErrorKind.ACCESS_DENIED, () -> destination.put(PATH, CONTENT));
    assertThat(pauses).isEmpty();
  }

  @Test
  void readingGoesOnWhereItWasCut() throws Exception {
    destination.put(PATH, CONTENT);
    faulty.with(Fault.GET_CUT, 2);
    assertThat(TestContent.sha256(destination.get(PATH))).isEqualTo(TestContent.sha256(CONTENT));
    assertThat(destination.retried()).hasSize(2);
  }

  @Test
  void readingThatNeverGetsFarFails() throws Exception {
    destination.put(PATH, CONTENT);
    faulty.always(Fault.GET_CUT);
    try (InputStream in = destination.get(PATH)) {
      assertThatThrownBy(in::readAllBytes).hasStackTraceContaining("Connection reset");
    }
    assertThat(pauses).hasSize(2);
  }

  @Test
  void aMissingArchiveIsToldAtOnce() {
    assertKind(ErrorKind.NOT_FOUND, () -> destination.get(PATH).close());
    assertKind(ErrorKind.NOT_FOUND, () -> destination.delete(PATH));
    assertThat(pauses).isEmpty();
  }

  @Test
  void aDeletionWhoseAnswerWasLostIsDone() {
    destination.put(PATH, CONTENT);
    faulty.with(Fault.DELETE_ANSWER_LOST, 1);
    destination.delete(PATH);
    assertThat(destination.list()).isEmpty();
  }

  @Test
  void aListingThatFailsHalfWayIsMadeAnewOrFails() {
    destination.put(PATH, CONTENT);
    faulty.with(Fault.LIST_HALF_FAILED, 1);
    assertThat(destination.list()).hasSize(1);
    faulty.always(Fault.LIST_HALF_FAILED);
    assertKind(ErrorKind.UNREACHABLE, destination::list);
  }

  @Test
  void aCheckIsRepeatedAndReportsItsLastFailure() {
    faulty.with(Fault.CHECK_UNREACHABLE, 2);
    assertThat(destination.check().passed()).isTrue();
    faulty.always(Fault.CHECK_UNREACHABLE);
    assertThat(destination.check().failed().orElseThrow().name()).isEqualTo("connect");
  }

  private void assertSame(StoredArchive stored) throws Exception {
    assertThat(TestContent.sha256(destination.get(stored.path())))
        .isEqualTo(TestContent.sha256(CONTENT));
  }
}
