package org.tacvault.engine.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.engine.io.WorkDirectory;

/**
 * A process that holds {@code lock FILE} or {@code work DIRECTORY} until its input ends or it is
 * killed; prints {@code held} and what it holds.
 */
public final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[1]);
    if (arguments[0].equals("lock")) {
      try (ProcessLock lock = ProcessLock.tryAcquire(path, "the child").orElseThrow()) {
        hold(path);
      }
    } else {
      try (WorkDirectory work = WorkDirectory.create(path, "the child")) {
        hold(work.path());
      }
    }
  }

  private static void hold(Path what) throws IOException {
    System.out.println("held " + what);
    while (System.in.read() >= 0) {
      // Whatever is said, only the end matters.
    }
  }
}
