package org.tacvault.cli;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what makes the shell complete commands and options. */
@Command(
    name = "completion",
    description = "Print the completion script for a shell.",
    footer = {
      "",
      "  bash: source <(tacvault completion bash)",
      "  zsh:  source <(tacvault completion zsh)",
      "  fish: tacvault completion fish | source"
    })
final class CompletionCommand extends TacvaultCommand {
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What {@code --json} prints. */
  record Script(String shell, String script) {}

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Override
  ExitCode run(CommandContext context) {
    String script = script();
    context.console().answer(new Script(shell.toString(), script), () -> script);
    return ExitCode.OK;
  }

  private String script() {
    // The script for bash sets up bash completion in zsh by itself.
    return shell == Shell.FISH
        ? FishCompletion.script(root())
        : AutoComplete.bash(root().name(), root().commandLine());
  }
}
