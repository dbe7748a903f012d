package org.tacvault.engine.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.tacvault.engine.destination.DestinationContract.assertKind;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.destination.local.LocalSettings;
import org.tacvault.engine.error.ErrorKind;

class ThrottledDestinationTest {
  private static final String PATH =
      DestinationContract.path("fra1", "manual", DestinationContract.TAKEN);
  private static final long RATE = 100_000;
  private static final Content ONE_MEGABYTE = TestContent.random(5, 1_000_000);

  @TempDir Path store;
  private long now;
  private Duration longest = Duration.ZERO;
  private final Bandwidth line = new Bandwidth(() -> now, this::pass);

  @AfterEach
  void forgetInterruption() {
    Thread.interrupted();
  }

  @Test
  void puttingTakesAsLongAsTheRateSays() {
    open("a").put(PATH, ONE_MEGABYTE);
    assertSeconds(10);
  }

  @Test
  void gettingTakesAsLongAsTheRateSays() throws Exception {
    Destination destination = open("a");
    destination.put(PATH, ONE_MEGABYTE);
    now = 0;
    line.pass(1, Long.MAX_VALUE, "begin", "anew");
    long begun = now;
    assertThat(TestContent.sha256(destination.get(PATH)))
        .isEqualTo(TestContent.sha256(ONE_MEGABYTE));
    assertThat((now - begun) / 1e9).isGreaterThanOrEqualTo(9.9);
  }

  @Test
  void noWaitIsLong() {
    open("a").put(PATH, ONE_MEGABYTE);
    assertThat(longest).isLessThanOrEqualTo(Duration.ofMillis(110));
  }

  @Test
  void destinationsShareTheLine() {
    Destination first = open("a");
    Destination second = open("b");
    first.put(PATH, ONE_MEGABYTE);
    second.put(PATH, ONE_MEGABYTE);
    assertSeconds(20);
  }

  @Test
  void idleTimeIsNotMadeUpForByABurst() {
    Destination destination = open("a");
    now = Duration.ofHours(1).toNanos();
    destination.put(PATH, ONE_MEGABYTE);
    assertThat((now - Duration.ofHours(1).toNanos()) / 1e9).isCloseTo(10, within(0.2));
  }

  @Test
  void aStoppedThreadLeavesNothing() {
    Bandwidth stopped =
        new Bandwidth(
            () -> now,
            wait -> {
              throw new InterruptedException();
            });
    Destination destination =
        new ThrottledDestination(new LocalSettings(store, null).open(), stopped, RATE);
    assertKind(ErrorKind.INTERRUPTED, () -> destination.put(PATH, ONE_MEGABYTE));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(destination.list()).isEmpty();
  }

  private void pass(Duration wait) {
    longest = longest.compareTo(wait) < 0 ? wait : longest;
    now += wait.toNanos();
  }

  private Destination open(String name) {
    return new ThrottledDestination(
        new LocalSettings(store.resolve(name), null).open(), line, RATE);
  }

  private void assertSeconds(double seconds) {
    assertThat(now / 1e9).isCloseTo(seconds, within(0.2));
  }
}
