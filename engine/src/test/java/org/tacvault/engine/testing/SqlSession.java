package org.tacvault.engine.testing;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A database that another process has open: a second JVM, Python, or the {@code sqlite3} shell. It
 * does what it is told and keeps its transaction meanwhile.
 */
public final class SqlSession implements AutoCloseable {
  private static final String DONE = "--done";

  private final boolean shell;
  private final Process process;
  private final BufferedWriter input;
  private final BufferedReader output;

  private SqlSession(boolean shell, List<String> command) throws IOException {
    this.shell = shell;
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    input = process.outputWriter();
    output = process.inputReader();
  }

  /**
   * @param tool {@code jvm}, {@code python3} or {@code sqlite3}
   */
  public static SqlSession open(String tool, Path database) throws IOException {
    boolean shell = tool.equals("sqlite3");
    List<String> command = new ArrayList<>();
    if (shell) {
      Tools.require(tool);
      command.addAll(List.of("stdbuf", "-oL", tool, "-batch"));
    } else {
      command.addAll(Tools.command(tool, SqlConsole.class, "sql_console.py"));
    }
    command.add(database.toString());
    SqlSession session = new SqlSession(shell, command);
    session.ask("PRAGMA busy_timeout=20000");
    return session;
  }

  /** What the statement answers: the first column of its rows, one row a line. */
  public String ask(String statement) throws IOException {
    input.write(shell ? statement + ";\n.print " + DONE + "\n" : statement + "\n");
    input.flush();
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals(DONE)) {
        return String.join("\n", lines);
      }
      lines.add(line);
    }
    throw new IllegalStateException("the session ended: " + lines);
  }

  /** Ends without any clean-up, as a process that is killed. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
