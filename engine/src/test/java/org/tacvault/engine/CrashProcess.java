package org.tacvault.engine;

import java.io.IOException;
import org.tacvault.engine.testing.Failpoints;

/**
 * A process that does one {@link CrashWork} after another, each a line of its input, under {@link
 * Failpoints}. Prints {@code ended} and the failure, if there was one, after each.
 */
final class CrashProcess {
  private CrashProcess() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("ready");
    for (String line = Failpoints.command(); line != null; line = Failpoints.command()) {
      System.out.println("ended " + outcome(CrashWork.parse(line)));
    }
  }

  private static String outcome(CrashWork work) {
    Failpoints.arm();
    try {
      work.run();
      return "";
    } catch (RuntimeException | Error e) {
      return e.toString().replace('\n', ' ');
    } finally {
      Failpoints.disarm();
    }
  }
}
