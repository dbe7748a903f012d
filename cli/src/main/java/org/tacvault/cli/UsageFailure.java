package org.tacvault.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns a command line that cannot be understood into a failure with a suggestion. */
final class UsageFailure {
  private UsageFailure() {}

  static EngineException of(ParameterException failure) {
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    String name = command.qualifiedName();
    String help = "see '" + name + " --help'";
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String given = unmatched.getUnmatched().get(0);
      String kind = unmatched.isUnknownOption() ? "option" : "command or argument";
      return failure(name, "unknown " + kind + " '" + given + "'", failure)
          .withHint(suggestion(given, command) + help);
    }
    return failure(name, startingLowerCase(failure.getMessage()), failure).withHint(help);
  }

  private static EngineException failure(String command, String reason, Exception cause) {
    return new EngineException(ErrorKind.INVALID_INPUT, "read arguments of", command, reason)
        .withCause(cause);
  }

  private static String suggestion(String given, CommandSpec command) {
    List<String> known = new ArrayList<>(command.subcommands().keySet());
    command.options().forEach(option -> known.addAll(List.of(option.names())));
    return Similar.to(given, known).map(name -> "did you mean '" + name + "'? ").orElse("");
  }

  private static String startingLowerCase(String message) {
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
