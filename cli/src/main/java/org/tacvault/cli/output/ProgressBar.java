package org.tacvault.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal that shows how far a stage is: percent, bytes, rate and the time left.
 * Redrawn at most ten times a second and wiped when closed.
 */
public final class ProgressBar implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int CELLS = 16;
  // One less than the usual 80: a line that wraps cannot be redrawn.
  private static final int WIDTH = 79;
  private static final String WIPE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean visible;
  private final InstantSource clock;
  private String stage = "";
  private Instant stageStarted = Instant.EPOCH;
  private @Nullable Instant drawn;

  ProgressBar(PrintStream out, boolean visible, InstantSource clock) {
    this.out = out;
    this.visible = visible;
    this.clock = clock;
  }

  /**
   * Tells how far {@code currentStage} is.
   *
   * @param totalBytes 0 when nobody knows
   */
  public synchronized void update(String currentStage, long doneBytes, long totalBytes) {
    if (!visible) {
      return;
    }
    Instant now = clock.instant();
    if (!currentStage.equals(stage)) {
      stage = currentStage;
      stageStarted = now;
      drawn = null;
    }
    if (drawn == null || !now.isBefore(drawn.plus(PAUSE)) || doneBytes == totalBytes) {
      drawn = now;
      String line = line(doneBytes, totalBytes, Duration.between(stageStarted, now));
      out.print(WIPE + line.substring(0, Math.min(line.length(), WIDTH)));
      out.flush();
    }
  }

  @Override
  public synchronized void close() {
    if (drawn != null) {
      out.print(WIPE);
      out.flush();
      drawn = null;
    }
  }

  private String line(long done, long total, Duration elapsed) {
    double rate = elapsed.isZero() ? 0 : done * 1_000.0 / Math.max(1, elapsed.toMillis());
    String speed = rate > 0 ? "  " + Sizes.human((long) rate) + "/s" : "";
    if (total <= 0) {
      return "%-10s %s%s".formatted(stage, Sizes.human(done), speed);
    }
    double share = Math.min(1, (double) done / total);
    int filled = (int) (share * CELLS);
    String bar = "#".repeat(filled) + "-".repeat(CELLS - filled);
    String bytes = Sizes.human(done) + " / " + Sizes.human(total);
    return "%-10s [%s] %3d%%  %s%s%s"
        .formatted(stage, bar, (int) (share * 100), bytes, speed, left(total - done, rate));
  }

  private static String left(long bytes, double rate) {
    if (rate <= 0 || bytes <= 0) {
      return "";
    }
    long seconds = Math.round(bytes / rate);
    return "  ETA %d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
