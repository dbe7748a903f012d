package org.tacvault.engine.sqlite;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sqlite.SQLiteJDBCLoader;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** SQLite's native part, which the driver unpacks and loads once in a process. */
public final class SqliteLibrary {
  private SqliteLibrary() {}

  /**
   * Loads the library unless it is loaded. The driver's loader waits for a process and forgets when
   * it is interrupted meanwhile, so it works in a thread of its own: a command that is stopped this
   * early is stopped.
   */
  public static void load() {
    CompletableFuture<Void> loaded = new CompletableFuture<>();
    Thread loader = new Thread(() -> load(loaded), "sqlite-library");
    loader.setDaemon(true);
    loader.start();
    try {
      loaded.join();
    } catch (CompletionException e) {
      throw new EngineException(
              ErrorKind.FAILED, "load", "SQLite", String.valueOf(e.getCause().getMessage()))
          .withHint(
              "its library is unpacked to a temporary directory, which must allow programs:"
                  + " TACVAULT_JAVA_OPTS=-Dorg.sqlite.tmpdir=DIR tacvault ...")
          .withCause(e.getCause());
    }
  }

  private static void load(CompletableFuture<Void> loaded) {
    try {
      SQLiteJDBCLoader.initialize();
      loaded.complete(null);
    } catch (Exception | LinkageError e) {
      loaded.completeExceptionally(e);
    }
  }
}
