package org.tacvault.engine.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A second Java process that runs a main class of the test class path; killed when closed. */
public final class ChildJvm implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  public static ChildJvm start(Class<?> mainClass, Object... arguments) {
    return start(List.of("-Xmx64m"), mainClass, arguments);
  }

  public static ChildJvm start(List<String> options, Class<?> mainClass, Object... arguments) {
    return start(List.of(), options, mainClass, arguments);
  }

  /** May not pass over the modes of files, as root otherwise may. */
  public static ChildJvm startWithoutPrivileges(Class<?> mainClass, Object... arguments) {
    List<String> wrapper = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      Tools.require("setpriv");
      wrapper.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
    }
    return start(wrapper, List.of("-Xmx64m"), mainClass, arguments);
  }

  private static ChildJvm start(
      List<String> wrapper, List<String> options, Class<?> mainClass, Object... arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      return new ChildJvm(builder.directory(new File(".")).start());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the line {@code expected}; fails when the process ends first. */
  public String awaitLine(String start) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(start)) {
        return line.substring(start.length()).strip();
      }
      seen.append(line).append('\n');
    }
    throw new IllegalStateException("no line '" + start + "' from the child process: " + seen);
  }

  /** The next line of its output; null when it has ended. */
  public @Nullable String readLine() throws IOException {
    return output.readLine();
  }

  /** Gives it one line of input. */
  public void send(String line) throws IOException {
    process.outputWriter().write(line + "\n");
    process.outputWriter().flush();
  }

  /** Closes its standard input, which our children take as the sign to end. */
  public void endInput() throws IOException {
    process.outputWriter().close();
  }

  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the child process does not end");
    }
    return process.exitValue();
  }

  /** {@code kill -9}; its output until then can still be read. */
  public void kill() {
    process.toHandle().destroyForcibly();
  }

  public Process process() {
    return process;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
