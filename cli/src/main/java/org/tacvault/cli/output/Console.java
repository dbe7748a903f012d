package org.tacvault.cli.output;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.tacvault.engine.error.EngineException;

/**
 * Where a command shows what it found: the answer on standard output, as text or as one JSON
 * document; notes and progress on standard error.
 */
public final class Console {
  public static final String RED = "\u001b[31m";
  public static final String BOLD = "\u001b[1m";
  public static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private final boolean json;
  private final boolean quiet;

  public Console(PrintStream out, PrintStream err, Terminal terminal, boolean json, boolean quiet) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.json = json;
    this.quiet = quiet;
  }

  /** The one answer of a command: {@code document} for programs, {@code text} for people. */
  public void answer(Object document, Supplier<String> text) {
    out.println(json ? Json.write(document) : text.get());
  }

  /** A part of an answer that people see before the rest is known; not with {@code --json}. */
  public void show(String text) {
    if (!json) {
      out.println(text);
    }
  }

  /** A failure of one of several things, while the others go on; not with {@code --json}. */
  public void error(String subject, EngineException failure) {
    if (!json) {
      err.println("error: " + subject + ": " + failure.getMessage());
      failure.hint().ifPresent(hint -> err.println("hint: " + hint));
    }
  }

  /** Something worth knowing besides the answer; not with {@code --quiet} or {@code --json}. */
  public void note(String text) {
    if (!quiet && !json) {
      err.println(text);
    }
  }

  /** Something that the user should act on; also with {@code --quiet}. */
  public void warn(String text) {
    if (!json) {
      err.println("warning: " + text);
    }
  }

  /** What must be read by a person, now: on standard error whatever the options say. */
  public void insist(String text) {
    err.println(text);
  }

  /** {@code text} on one line: control characters are shown as {@code ?}. */
  public static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /** A table that suits this console: headings are bold on a terminal. */
  public Table table(String... headings) {
    return new Table(terminal.color(), headings);
  }

  /** A progress bar, shown only to people who can see it. */
  public ProgressBar progress(InstantSource clock) {
    boolean visible = terminal.err() && !quiet && !json;
    return new ProgressBar(err, visible, clock);
  }

  public boolean isJson() {
    return json;
  }
}
