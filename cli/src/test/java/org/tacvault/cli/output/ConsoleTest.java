package org.tacvault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  record Answer(String backupPath, long sizeBytes, Instant takenAt) {}

  private static final Answer ANSWER =
      new Answer("a/b.tar.gz", 1_536, Instant.parse("2026-11-23T03:07:00Z"));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void peopleGetText() {
    console(Terminal.NONE, false, false).answer(ANSWER, () -> "text");
    assertThat(text(out)).isEqualTo("text\n");
  }

  @Test
  void programsGetOneDocumentInSnakeCase() {
    Console console = console(Terminal.NONE, true, false);
    console.note("a note");
    console.warn("a warning");
    console.answer(ANSWER, () -> "text");
    assertThat(text(out))
        .isEqualToIgnoringWhitespace(
            "{\"backup_path\": \"a/b.tar.gz\", \"size_bytes\": 1536,"
                + " \"taken_at\": \"2026-11-23T03:07:00Z\"}");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void quietSilencesNotesButNotWarnings() {
    Console console = console(Terminal.NONE, false, true);
    console.note("a note");
    console.warn("a warning");
    assertThat(text(err)).isEqualTo("warning: a warning\n");
  }

  @Test
  void progressIsSeenOnATerminalOnlyAndNeverWithQuietOrJson() {
    Terminal terminal = new Terminal(true, true, true, true);
    draw(console(Terminal.NONE, false, false));
    draw(console(terminal, true, false));
    draw(console(terminal, false, true));
    assertThat(text(err)).isEmpty();
    draw(console(terminal, false, false));
    assertThat(text(err)).contains("upload");
  }

  @Test
  void theLauncherSaysWhatIsATerminal() {
    Properties launcher = new Properties();
    launcher.setProperty("tacvault.terminal", "in,err");
    assertThat(Terminal.detect(launcher, Map.of("TERM", "xterm")))
        .isEqualTo(new Terminal(true, false, true, false));
    launcher.setProperty("tacvault.terminal", "in,out,err");
    assertThat(Terminal.detect(launcher, Map.of("TERM", "xterm")).color()).isTrue();
    assertThat(Terminal.detect(launcher, Map.of("TERM", "xterm", "NO_COLOR", "1")).color())
        .isFalse();
    assertThat(Terminal.detect(launcher, Map.of("TERM", "dumb")).color()).isFalse();
    assertThat(Terminal.detect(new Properties(), Map.of("TERM", "xterm"))).isEqualTo(Terminal.NONE);
  }

  private static void draw(Console console) {
    try (ProgressBar bar = console.progress(InstantSource.fixed(Instant.EPOCH))) {
      bar.update("upload", 1, 2);
    }
  }

  private Console console(Terminal terminal, boolean json, boolean quiet) {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        json,
        quiet);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
