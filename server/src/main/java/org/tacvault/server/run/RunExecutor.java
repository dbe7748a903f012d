package org.tacvault.server.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Runs backups, restores, verifications and retention beside the requests that asked for them, at
 * most {@value #MOST} at a time, and knows how far each is.
 */
@Component
public final class RunExecutor implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(RunExecutor.class);
  private static final int MOST = 8;
  private static final Duration IDLE_THREADS_STAY = Duration.ofSeconds(30);
  private static final Duration CANCELLING = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final ExecutorService pool;
  private final Map<String, LiveRun> byId = new ConcurrentHashMap<>();
  private final Set<LiveRun> running = new HashSet<>();

  RunExecutor(InstantSource clock) {
    this.clock = clock;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            0,
            MOST,
            IDLE_THREADS_STAY.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> new Thread(task, "run-" + number.incrementAndGet()));
  }

  /**
   * Starts {@code work} and returns as soon as its execution is in the catalog.
   *
   * @throws EngineException what the work failed with before that; {@code BUSY} when too much is
   *     running, or the service is stopping
   */
  public <T> StartedRun<T> start(RunWork<T> work) {
    LiveRun run = enlist();
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      pool.execute(() -> perform(run, work, result));
    } catch (RejectedExecutionException e) {
      delist(run);
      throw tooMuch().withCause(e);
    }
    return new StartedRun<>(RunFailures.unwrapped(run.begun()::join), result);
  }

  /** Does {@code work} in this thread, for somebody who has threads; it can be followed, too. */
  public <T> T run(RunWork<T> work) {
    LiveRun run = enlist();
    try {
      return run.perform(work);
    } finally {
      delist(run);
    }
  }

  /** How far that execution is; empty when it does not run in this process. */
  public Optional<Progress> progress(String executionId) {
    return Optional.ofNullable(byId.get(executionId)).map(run -> run.progress().now());
  }

  /** Asks that execution to stop; returns whether it runs in this process. */
  public boolean cancel(String executionId) {
    @Nullable LiveRun run = byId.get(executionId);
    return run != null && run.cancel();
  }

  /**
   * Begins nothing any more, lets what runs go on for {@code patience}, then cancels it cleanly.
   */
  public void stop(Duration patience) {
    pool.shutdown();
    if (!awaitIdle(patience)) {
      LOG.warn("Cancelling what is still running: {}", String.join(", ", byId.keySet()));
      snapshot().forEach(LiveRun::cancel);
    }
  }

  /** How much is running in this process. */
  public int size() {
    return snapshot().size();
  }

  /** Waits until nothing runs any more; returns whether that is so. */
  public boolean awaitIdle(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (running) {
      try {
        while (!running.isEmpty()) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (left <= 0) {
            return false;
          }
          running.wait(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return running.isEmpty();
      }
      return true;
    }
  }

  @Override
  public void destroy() {
    stop(Duration.ZERO);
    if (!awaitIdle(CANCELLING)) {
      LOG.error("Still running: {}; the next start cleans up", String.join(", ", byId.keySet()));
    }
  }

  private <T> void perform(LiveRun run, RunWork<T> work, CompletableFuture<T> result) {
    try {
      T value = run.perform(work);
      byId.values().remove(run);
      result.complete(value);
    } catch (RuntimeException | Error e) {
      tell(run, e);
      byId.values().remove(run);
      result.completeExceptionally(e);
    } finally {
      // Last, so that whoever awaits the end of all finds every result.
      delist(run);
    }
  }

  /** What failed before its execution began is told by whoever asked for it. */
  private static void tell(LiveRun run, Throwable failure) {
    if (run.begun().isCompletedExceptionally()) {
      return;
    }
    String id = run.begun().join();
    if (failure instanceof EngineException known) {
      LOG.warn("Execution {} failed: {}", id, known.getMessage());
    } else {
      LOG.error("Execution {} failed unexpectedly", id, failure);
    }
  }

  private LiveRun enlist() {
    if (pool.isShutdown()) {
      throw tooMuch();
    }
    LiveRun run = new LiveRun(clock, byId::put);
    synchronized (running) {
      running.add(run);
    }
    return run;
  }

  private void delist(LiveRun run) {
    byId.values().remove(run);
    synchronized (running) {
      running.remove(run);
      running.notifyAll();
    }
  }

  private List<LiveRun> snapshot() {
    synchronized (running) {
      return List.copyOf(running);
    }
  }

  private EngineException tooMuch() {
    boolean stopping = pool.isShutdown();
    return new EngineException(
            ErrorKind.BUSY,
            "run",
            "this",
            stopping ? "the service is stopping" : MOST + " others are running")
        .withHint(stopping ? "ask again when it has started" : "wait until one of them has ended");
  }
}
