package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tacvault.cli.output.Terminal;
import org.tacvault.engine.error.IoFailures;

class FailuresTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Interruption interruption = new Interruption(new Thread(), Duration.ZERO);

  @Test
  void aDefectIsShownAsOneAndAsksForAReport() {
    int code = failures().report(new IllegalStateException("no such state"));
    assertThat(code).isEqualTo(1);
    assertThat(text())
        .contains("unexpected IllegalStateException: no such state")
        .contains("hint: this is a defect; run again with --debug");
  }

  @Test
  void tooLittleMemoryIsNoDefect() {
    assertThat(failures().report(new OutOfMemoryError("Java heap space"))).isEqualTo(1);
    assertThat(text()).contains("out of memory", "hint: give Java more").doesNotContain("defect");
  }

  @Test
  void whateverAnInterruptedCommandThrowsIsAnInterruption() {
    interruption.request();
    Exception consequence =
        IoFailures.of("upload", "backup.tar.gz", new ClosedByInterruptException());
    assertThat(failures().report(consequence)).isEqualTo(130);
    assertThat(text()).isEqualTo("error: upload backup.tar.gz: interrupted\n");
  }

  @Test
  void interruptedExceptionIsAnInterruption() {
    assertThat(failures().report(new InterruptedException())).isEqualTo(130);
  }

  private Failures failures() {
    return new Failures(
        CommandRun.surroundings(out, err, Terminal.NONE), false, false, interruption);
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
