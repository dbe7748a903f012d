package org.tacvault.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.host.CommandResult;

/** A command that stopped or started the TACACS+ server, as programs see it. */
record CommandAnswer(
    String name,
    String command,
    @Nullable Integer exit,
    long millis,
    boolean timedOut,
    String output) {
  static List<CommandAnswer> of(List<CommandResult> results) {
    return results.stream()
        .map(
            result ->
                new CommandAnswer(
                    result.name(),
                    result.command(),
                    result.exitCode(),
                    result.took().toMillis(),
                    result.timedOut(),
                    result.output()))
        .toList();
  }

  /** How it ended, in one line. */
  String text() {
    String ending =
        timedOut ? "ended, too slow" : exit == null ? "not started" : "exit code " + exit;
    return "%s: %s, %s".formatted(command, ending, Times.duration(Duration.ofMillis(millis)));
  }
}
