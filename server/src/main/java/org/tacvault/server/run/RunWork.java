package org.tacvault.server.run;

/** What a run does. */
@FunctionalInterface
public interface RunWork<T> {
  /**
   * Calls the engine, with {@code progress} as its listener, and returns what it answers; the
   * engine must tell {@link RunProgress#started}.
   */
  T run(RunProgress progress);
}
