package org.tacvault.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;

/** Parses the command line, runs the command and tells the shell how it went. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Interruption interruption = Interruption.of(Thread.currentThread());
    int code;
    try {
      code = run(args, Surroundings.ofThisProcess(), interruption);
    } finally {
      interruption.finished();
    }
    System.exit(code);
  }

  /** Runs one command and returns its exit code; never throws. */
  static int run(String[] args, Surroundings surroundings, Interruption interruption) {
    CommandLine commandLine = commandLine(args, surroundings, interruption);
    boolean json = Arrays.asList(args).contains("--json");
    IParameterExceptionHandler wrongArguments =
        (failure, given) ->
            new Failures(surroundings, json, false, interruption).report(UsageFailure.of(failure));
    commandLine.setParameterExceptionHandler(wrongArguments);
    try {
      return commandLine.execute(args);
    } catch (Throwable e) {
      // Errors such as OutOfMemoryError pass picocli by.
      boolean debug = Arrays.asList(args).contains("--debug");
      return new Failures(surroundings, json, debug, interruption).report(e);
    }
  }

  private static CommandLine commandLine(
      String[] args, Surroundings surroundings, Interruption interruption) {
    Tacvault tacvault = new Tacvault(surroundings);
    IExecutionExceptionHandler failedCommand =
        (failure, command, parsed) ->
            new Failures(
                    surroundings,
                    tacvault.options().json(),
                    tacvault.options().debug(),
                    interruption)
                .report(failure);
    CommandLine commandLine =
        Commands.of(tacvault, args)
            .setOut(writer(surroundings.out()))
            .setErr(writer(surroundings.err()))
            .setExecutionExceptionHandler(failedCommand)
            .setColorScheme(
                CommandLine.Help.defaultColorScheme(
                    surroundings.terminal().color() ? Ansi.ON : Ansi.OFF));
    describeExitCodes(commandLine);
    return commandLine;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static void describeExitCodes(CommandLine commandLine) {
    CommandSpec spec = commandLine.getCommandSpec();
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(ExitCode.table());
    commandLine.getSubcommands().values().forEach(Main::describeExitCodes);
  }
}
