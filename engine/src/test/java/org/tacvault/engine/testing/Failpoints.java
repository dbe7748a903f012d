package org.tacvault.engine.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * Stands still at every point that {@link FailpointLoader} puts into the engine, until the process
 * that watches says what happens there. Prints {@code at} the point; reads {@code go}, {@code free}
 * (no more points), {@code throw} (what a failing disk would) or {@code halt} (dies at once).
 */
public final class Failpoints {
  private static final BufferedReader COMMANDS =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private static final PrintStream OUT = System.out;

  private static boolean armed;

  private Failpoints() {}

  /** From now on every point is told. */
  public static synchronized void arm() {
    armed = true;
  }

  /** Points are not told any more. */
  public static synchronized void disarm() {
    armed = false;
  }

  /** The next command; null when nobody commands any more. */
  public static String command() throws IOException {
    return COMMANDS.readLine();
  }

  /**
   * Called by the engine's own code, before and after each call that may change a file.
   *
   * @param owner the class that is called
   * @param point where, for people
   */
  public static synchronized void reached(String owner, String point) {
    if (!armed) {
      return;
    }
    OUT.println("at " + point);
    String command = read();
    switch (command) {
      case "go" -> {}
      case "free" -> armed = false;
      case "throw" -> {
        armed = false;
        throw sneaky(failureOf(owner, point));
      }
      case "halt" -> Runtime.getRuntime().halt(9);
      default -> throw new IllegalStateException("no such command: " + command);
    }
  }

  private static String read() {
    try {
      return command();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Exception failureOf(String owner, String point) {
    String message = "injected at " + point;
    if (owner.contains("sql")) {
      return new SQLException(message);
    }
    return owner.startsWith("java/nio")
        ? new IOException(message)
        : new IllegalStateException(message);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> RuntimeException sneaky(Exception failure) throws E {
    throw (E) failure;
  }
}
