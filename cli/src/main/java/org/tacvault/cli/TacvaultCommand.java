package org.tacvault.cli;

import java.util.concurrent.Callable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands have in common; they throw failures and leave showing them to the frame. */
@Command
abstract class TacvaultCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public final Integer call() throws Exception {
    try (CommandContext context = ((Tacvault) spec.root().userObject()).context()) {
      return run(context).code();
    }
  }

  /** Does the work and says how it ended. */
  abstract ExitCode run(CommandContext context) throws Exception;

  /** A failure of the given arguments, which the parser could not see. */
  final EngineException wrongArguments(String reason) {
    return new EngineException(
            ErrorKind.INVALID_INPUT, "read arguments of", spec.qualifiedName(), reason)
        .withHint("see '" + spec.qualifiedName() + " --help'");
  }

  /** The specification of the whole command line. */
  final CommandSpec root() {
    return spec.root();
  }
}
