package org.tacvault.engine.host;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** A process with all that it started. */
final class ProcessTree {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 20;

  private ProcessTree() {}

  /** Asks all to end, and kills those that have not after five seconds. */
  static void end(Process process) {
    // Gathered first: the children of a process that has ended are nobody's descendants any more.
    Set<ProcessHandle> all = withDescendants(Set.of(process.toHandle()));
    all.forEach(ProcessHandle::destroy);
    awaitEnd(all);
    withDescendants(all).forEach(ProcessHandle::destroyForcibly);
  }

  private static Set<ProcessHandle> withDescendants(Set<ProcessHandle> processes) {
    Set<ProcessHandle> all = new LinkedHashSet<>(processes);
    processes.forEach(process -> process.descendants().forEach(all::add));
    return all;
  }

  /** An interrupt ends the waiting, and stays to be seen. */
  private static void awaitEnd(Set<ProcessHandle> processes) {
    long deadline = System.nanoTime() + GRACE.toNanos();
    try {
      while (processes.stream().anyMatch(ProcessHandle::isAlive)
          && System.nanoTime() - deadline < 0) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
