package org.tacvault.engine.catalog;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Ends of executions that could not be written, for example because a full disk was why they
 * failed. They are tried again before the catalog is read or added to; when this process ends
 * before, the next one finds the execution without its owner.
 */
final class UnrecordedEnds {
  private final Queue<Runnable> ends = new ConcurrentLinkedQueue<>();

  /** Writes now; what cannot be written now is remembered, and still a failure. */
  void write(Runnable end) {
    try {
      end.run();
    } catch (EngineException e) {
      if (mayBeWrittenLater(e)) {
        ends.add(end);
      }
      throw e;
    }
  }

  /** Writes what is remembered, as far as that is possible now. */
  void retry() {
    for (Runnable end = ends.peek(); end != null; end = ends.peek()) {
      try {
        end.run();
      } catch (EngineException e) {
        if (mayBeWrittenLater(e)) {
          return;
        }
      }
      ends.remove(end);
    }
  }

  private static boolean mayBeWrittenLater(EngineException failure) {
    return failure.kind() != ErrorKind.CONFLICT && failure.kind() != ErrorKind.NOT_FOUND;
  }
}
