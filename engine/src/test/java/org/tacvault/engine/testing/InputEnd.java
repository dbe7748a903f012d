package org.tacvault.engine.testing;

import java.io.IOException;

/** Whether whoever started this process has closed its standard input. */
public final class InputEnd {
  private volatile boolean isReached;

  private InputEnd() {}

  /** Watches from now on, and keeps no process alive. */
  public static InputEnd watch() {
    InputEnd end = new InputEnd();
    Thread watcher = new Thread(end::read, "input-end");
    watcher.setDaemon(true);
    watcher.start();
    return end;
  }

  public boolean isReached() {
    return isReached;
  }

  private void read() {
    try {
      System.in.read();
    } catch (IOException e) {
      System.out.println("failure " + e.getMessage());
    }
    isReached = true;
  }
}
