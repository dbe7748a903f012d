package org.tacvault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private static final long MIB = 1 << 20;

  private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();
  private Instant now = Instant.EPOCH;

  @Test
  void showsPercentBytesRateAndTimeLeft() {
    ProgressBar bar = bar(true);
    bar.update("upload", 0, 100 * MIB);
    now = now.plusSeconds(10);
    bar.update("upload", 25 * MIB, 100 * MIB);
    assertThat(lastLine())
        .isEqualTo("upload     [####------------]  25%  25.0 MiB / 100.0 MiB  2.5 MiB/s  ETA 0:30");
  }

  @Test
  void anUnknownTotalShowsBytesAndRate() {
    ProgressBar bar = bar(true);
    bar.update("archive", 0, 0);
    now = now.plusSeconds(2);
    bar.update("archive", 3 * MIB, 0);
    assertThat(lastLine()).isEqualTo("archive    3.0 MiB  1.5 MiB/s");
  }

  @Test
  void redrawsAtMostTenTimesASecondButAlwaysTheEnd() {
    ProgressBar bar = bar(true);
    for (int step = 0; step <= 1_000; step++) {
      now = now.plusMillis(1);
      bar.update("verify", step, 1_000);
    }
    assertThat(lines()).hasSizeBetween(10, 13);
    assertThat(lastLine()).contains("100%");
  }

  @Test
  void noLineIsTooLongForATerminalOfEightyColumns() {
    ProgressBar bar = bar(true);
    bar.update("a stage with a long name", 0, 1_023 * MIB);
    now = now.plusSeconds(1_000);
    bar.update("a stage with a long name", 1_022 * MIB, 1_023 * MIB);
    assertThat(lastLine()).hasSize(79);
  }

  @Test
  void theRateIsThatOfTheStage() {
    ProgressBar bar = bar(true);
    bar.update("snapshot", 0, 10 * MIB);
    now = now.plusSeconds(100);
    bar.update("upload", 0, 10 * MIB);
    now = now.plusSeconds(1);
    bar.update("upload", 5 * MIB, 10 * MIB);
    assertThat(lastLine()).contains("5.0 MiB/s");
  }

  @Test
  void closeWipesTheLine() {
    try (ProgressBar bar = bar(true)) {
      bar.update("upload", 1, 2);
    }
    assertThat(drawn.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[K");
  }

  @Test
  void nothingIsDrawnWhereNobodyLooks() {
    try (ProgressBar bar = bar(false)) {
      bar.update("upload", 1, 2);
    }
    assertThat(drawn.size()).isZero();
  }

  private ProgressBar bar(boolean visible) {
    return new ProgressBar(
        new PrintStream(drawn, true, StandardCharsets.UTF_8), visible, () -> now);
  }

  private String[] lines() {
    return drawn.toString(StandardCharsets.UTF_8).substring(1).split("\r");
  }

  private String lastLine() {
    String[] lines = lines();
    return lines[lines.length - 1].replace("\u001b[K", "");
  }
}
