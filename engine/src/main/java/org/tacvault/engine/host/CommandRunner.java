package org.tacvault.engine.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.HostCommand;
import org.tacvault.engine.config.ProgramPath;
import org.tacvault.engine.config.Redaction;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Runs commands with an empty standard input, without the secrets of our own environment, for at
 * most the time that they are given. What they leave running in the background is left alone.
 */
public final class CommandRunner {
  private static final long POLL_MILLIS = 50;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

  private static final File NOTHING = new File("/dev/null");

  private final Environment environment;
  private final Path directory;
  private final Path temp;
  private final Redaction redaction;

  /**
   * @param environment ours; what it holds of secrets is not handed on
   * @param directory where commands run
   * @param temp where their output lies meanwhile
   */
  public CommandRunner(Environment environment, Path directory, Path temp, Redaction redaction) {
    this.environment = environment.withoutSecrets();
    this.directory = directory;
    this.temp = temp;
    this.redaction = redaction;
  }

  /** The text of a command as it may be shown. */
  public String shown(HostCommand command) {
    return redaction.apply(command.text());
  }

  /**
   * Runs {@code command} to its end, or ends it and all that it started when {@code limit} is over.
   *
   * @param variables added to the environment
   * @throws EngineException {@code INTERRUPTED} when the thread is interrupted; the command is
   *     ended then
   */
  public CommandResult run(HostCommand command, Map<String, String> variables, Duration limit) {
    long start = System.nanoTime();
    Optional<Path> program = ProgramPath.find(command.program(), environment);
    if (program.isEmpty()) {
      return notStarted(command, "there is no such program, or it cannot be executed", start);
    }
    try (CommandOutput output = CommandOutput.in(temp)) {
      Process process = process(command, program.get(), variables, output).start();
      boolean ended = await(process, output, limit.minus(since(start)), command);
      return new CommandResult(
          command.name(),
          shown(command),
          ended ? process.exitValue() : null,
          since(start),
          !ended,
          output.tail(redaction));
    } catch (IOException e) {
      // The message begins with program and directory; the cause holds the reason alone.
      Throwable reason = e.getCause() == null ? e : e.getCause();
      return notStarted(command, String.valueOf(reason.getMessage()), start);
    }
  }

  /**
   * Runs {@code command} again and again until it succeeds or {@code limit} is over.
   *
   * @return the last attempt, with the time of all
   */
  public CommandResult runUntilSuccess(
      HostCommand command, Map<String, String> variables, Duration limit) {
    long start = System.nanoTime();
    CommandResult result = run(command, variables, limit);
    while (!result.isSuccess() && since(start).plus(BETWEEN_ATTEMPTS).compareTo(limit) < 0) {
      pause(command);
      result = run(command, variables, limit.minus(since(start)));
    }
    return result.withTook(since(start));
  }

  private ProcessBuilder process(
      HostCommand command, Path program, Map<String, String> variables, CommandOutput output) {
    List<String> words = new ArrayList<>(command.words());
    words.set(0, program.toString());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectInput(NOTHING)
            .redirectErrorStream(true)
            .redirectOutput(output.target());
    builder.environment().clear();
    builder.environment().putAll(environment.variables());
    builder.environment().putAll(variables);
    return builder;
  }

  /** Whether it ended by itself. */
  private static boolean await(
      Process process, CommandOutput output, Duration limit, HostCommand command) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        output.limit();
        if (System.nanoTime() - deadline > 0) {
          ProcessTree.end(process);
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      ProcessTree.end(process);
      throw interrupted(command);
    }
  }

  private static void pause(HostCommand command) {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(command);
    }
  }

  private static EngineException interrupted(HostCommand command) {
    Thread.currentThread().interrupt();
    return new EngineException(
        ErrorKind.INTERRUPTED, "run", command.name() + " command", "it was stopped");
  }

  private CommandResult notStarted(HostCommand command, String reason, long start) {
    return new CommandResult(
        command.name(), shown(command), null, since(start), false, redaction.apply(reason));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
