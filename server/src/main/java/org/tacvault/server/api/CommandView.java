package org.tacvault.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.host.CommandResult;

/**
 * What was run on the host to stop or start the TACACS+ server, and what became of it.
 *
 * @param name stop, start, reload or health
 * @param exit null when it could not be started or was ended because its time was over
 * @param output the end of what it wrote, with secrets masked
 */
public record CommandView(
    String name,
    String command,
    @Nullable Integer exit,
    long millis,
    boolean timedOut,
    String output) {
  public static List<CommandView> of(List<CommandResult> results) {
    return results.stream()
        .map(
            result ->
                new CommandView(
                    result.name(),
                    result.command(),
                    result.exitCode(),
                    result.took().toMillis(),
                    result.timedOut(),
                    result.output()))
        .toList();
  }
}
