package org.tacvault.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

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

    static Shell of(String name) {
      return Arrays.stream(values())
          .filter(shell -> shell.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("'" + name + "' is not one of bash, zsh, fish"));
    }
  }

  static final class ShellName implements ITypeConverter<Shell> {
    @Override
    public Shell convert(String name) {
      return Shell.of(name);
    }
  }

  /** What {@code --json} prints. */
  record Script(String shell, String script) {}

  @Parameters(
      paramLabel = "SHELL",
      converter = ShellName.class,
      description = "One of: ${COMPLETION-CANDIDATES}.")
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
