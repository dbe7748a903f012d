package org.tacvault.server.run;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** One run, from its submission to its end. */
final class LiveRun {
  private static final String EXECUTION_ID = "execution_id";

  private final CompletableFuture<String> begun = new CompletableFuture<>();
  private final RunProgress progress;
  private @Nullable Thread runner;
  private boolean cancelled;

  LiveRun(InstantSource clock, BiConsumer<String, LiveRun> onStart) {
    progress =
        new RunProgress(
            clock,
            id -> {
              MDC.put(EXECUTION_ID, id);
              onStart.accept(id, this);
              begun.complete(id);
            });
  }

  RunProgress progress() {
    return progress;
  }

  /** The id of the execution, as soon as the engine has recorded it. */
  CompletableFuture<String> begun() {
    return begun;
  }

  /** Does {@code work} in this thread, which a {@link #cancel} interrupts meanwhile. */
  <T> T perform(RunWork<T> work) {
    enter();
    try {
      T result = work.run(progress);
      begun.completeExceptionally(new IllegalStateException("the run recorded no execution"));
      return result;
    } catch (RuntimeException | Error e) {
      begun.completeExceptionally(e);
      throw e;
    } finally {
      leave();
      MDC.remove(EXECUTION_ID);
    }
  }

  /** Stops it at the next place where that is safe; returns whether it was still running. */
  synchronized boolean cancel() {
    cancelled = true;
    if (runner != null) {
      runner.interrupt();
    }
    return runner != null;
  }

  private synchronized void enter() {
    runner = Thread.currentThread();
    if (cancelled) {
      runner.interrupt();
    }
  }

  private synchronized void leave() {
    runner = null;
    if (cancelled) {
      // The thread has more to do than this.
      Thread.interrupted();
    }
  }
}
