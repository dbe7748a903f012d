package org.tacvault.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.Json;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Shows a failure once, where the reader looks for it, and turns it into an exit code. */
final class Failures {
  /** The document that {@code --json} prints instead of an answer. */
  record Document(Body error) {}

  record Body(
      String kind,
      String operation,
      String subject,
      String reason,
      @Nullable String hint,
      int exitCode) {}

  private final Surroundings surroundings;
  private final boolean json;
  private final boolean debug;
  private final Interruption interruption;

  Failures(Surroundings surroundings, boolean json, boolean debug, Interruption interruption) {
    this.surroundings = surroundings;
    this.json = json;
    this.debug = debug;
    this.interruption = interruption;
  }

  /** Prints what went wrong and returns the exit code that belongs to it. */
  int report(Throwable thrown) {
    EngineException failure = asEngineException(thrown);
    ExitCode exit = ExitCode.of(failure.kind());
    if (json) {
      surroundings.out().println(Json.write(new Document(body(failure))));
    } else {
      print(failure);
    }
    if (debug) {
      thrown.printStackTrace(surroundings.err());
    }
    return exit.code();
  }

  private void print(EngineException failure) {
    surroundings.err().println(red("error:") + " " + failure.getMessage());
    failure.hint().ifPresent(hint -> surroundings.err().println("hint: " + hint));
  }

  private String red(String text) {
    // NO_COLOR and the like are in color(), which is about standard output.
    boolean colored = surroundings.terminal().color() && surroundings.terminal().err();
    return colored ? Console.RED + text + Console.PLAIN : text;
  }

  /** Where something has to be done after an interruption, it says what. */
  private static boolean tellsMore(Throwable thrown) {
    return thrown instanceof EngineException known
        && known.kind() == ErrorKind.INTERRUPTED
        && known.hint().isPresent();
  }

  private EngineException asEngineException(Throwable thrown) {
    boolean isInterrupted = interruption.isRequested() || thrown instanceof InterruptedException;
    if (isInterrupted && !tellsMore(thrown)) {
      // Whatever an interrupted thread throws: the reason is the interruption.
      String operation = thrown instanceof EngineException known ? known.operation() : "run";
      String subject = thrown instanceof EngineException known ? known.subject() : "tacvault";
      return new EngineException(ErrorKind.INTERRUPTED, operation, subject, "interrupted");
    }
    if (thrown instanceof EngineException known) {
      return known;
    }
    if (thrown instanceof OutOfMemoryError) {
      return new EngineException(ErrorKind.FAILED, "run", "tacvault", "out of memory")
          .withHint("give Java more: TACVAULT_JAVA_OPTS=-Xmx512m tacvault ...");
    }
    String reason = "unexpected " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    return new EngineException(ErrorKind.FAILED, "run", "tacvault", reason)
        .withHint("this is a defect; run again with --debug and report what it prints");
  }

  /** A failure as a part of a JSON document. */
  static Body body(EngineException failure) {
    return new Body(
        failure.kind().name().toLowerCase(Locale.ROOT),
        failure.operation(),
        failure.subject(),
        failure.reason(),
        failure.hint().orElse(null),
        ExitCode.of(failure.kind()).code());
  }
}
