package org.tacvault.engine.host;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.Printable;

/**
 * What became of a command of the configuration; secrets are masked.
 *
 * @param name what it was for: {@code stop}, {@code start}, {@code reload} or {@code health}
 * @param command as configured
 * @param exitCode none when it could not be started, or when its time was over
 * @param took until it ended; of {@code health}, until the server was well
 * @param timedOut whether it was ended because its time was over
 * @param output the end of what it wrote, standard output and error together; why it could not be
 *     started
 */
public record CommandResult(
    String name,
    String command,
    @Nullable Integer exitCode,
    Duration took,
    boolean timedOut,
    String output) {
  public boolean isSuccess() {
    return exitCode != null && exitCode == 0 && !timedOut;
  }

  /** How it ended, in a few words, with its last ones. */
  public String outcome() {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    String last = lines.isEmpty() ? "" : ": " + Printable.of(lines.get(lines.size() - 1).strip());
    return ending() + last;
  }

  private String ending() {
    if (timedOut) {
      return "it did not end in time and was ended after %d s".formatted(took.toSeconds());
    }
    return exitCode == null ? "it could not be started" : "exit code " + exitCode;
  }

  CommandResult withTook(Duration newTook) {
    return new CommandResult(name, command, exitCode, newTook, timedOut, output);
  }
}
