package org.tacvault.cli;

import java.util.List;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns a command line that cannot be understood into a failure with a suggestion. */
final class UsageFailure {
  private UsageFailure() {}

  static EngineException of(ParameterException failure) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    return new EngineException(
            ErrorKind.INVALID_INPUT, "read arguments of", command, failure.getMessage())
        .withHint(suggestion(failure) + "see '" + command + " --help'")
        .withCause(failure);
  }

  private static String suggestion(ParameterException failure) {
    List<String> similar =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return similar.isEmpty() ? "" : "did you mean " + String.join(" or ", similar) + "? ";
  }
}
