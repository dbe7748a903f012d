package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "ser, '', serve",
    "comp, '', completion",
    "serve, --po, --port",
    "completion, fi, fish"
  })
  void bashReallyCompletes(String first, String second, String completed) throws Exception {
    Path script = scriptFor("bash");
    int word = second.isEmpty() ? 1 : 2;
    String bash =
        // compopt works only while bash itself asks for completions.
        "compopt() { :; }; source '%s'; COMP_WORDS=(tacvault %s %s); COMP_CWORD=%d; _complete_tacvault;"
            + " printf '%%s\\n' \"${COMPREPLY[@]}\"";
    ChildRun run = ChildRun.of("bash", "-c", bash.formatted(script, first, second, word));
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().map(String::strip)).contains(completed);
  }

  @Test
  void bashAcceptsTheScript() throws Exception {
    assertThat(ChildRun.of("bash", "-n", scriptFor("bash").toString()).exitCode()).isZero();
  }

  @Test
  void zshGetsAScriptThatSwitchesBashCompletionOn() {
    assertThat(CommandRun.of("completion", "zsh").out()).contains("bashcompinit");
  }

  @Test
  void fishGetsCommandsOptionsAndValues() {
    assertThat(CommandRun.of("completion", "fish").out().lines())
        .contains("complete -c tacvault -f")
        .anyMatch(line -> line.contains("__fish_use_subcommand' -a serve -d 'Run"))
        .anyMatch(line -> line.contains("seen_subcommand_from serve' -l port -x -d"))
        .anyMatch(line -> line.contains("seen_subcommand_from serve' -l identity -r -F -d"))
        .anyMatch(line -> line.contains("seen_subcommand_from completion' -a 'bash zsh fish'"));
  }

  @Test
  void anUnknownShellIsWrongUsage() {
    CommandRun run = CommandRun.of("completion", "cmd.exe");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'cmd.exe' is not one of bash, zsh, fish");
  }

  private Path scriptFor(String shell) throws IOException {
    CommandRun run = CommandRun.of("completion", shell);
    assertThat(run.exitCode()).isZero();
    return Files.writeString(temp.resolve("completion." + shell), run.out());
  }
}
