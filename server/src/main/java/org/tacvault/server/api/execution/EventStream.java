package org.tacvault.server.api.execution;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.server.run.Progress;
import org.tacvault.server.run.RunExecutor;

/** One client that follows one execution. */
final class EventStream {
  // Shorter than the patience of common proxies.
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  // The catalog is a file, and another process writes it.
  private static final Duration CATALOG_PERIOD = Duration.ofSeconds(1);

  private final String executionId;
  private final SseEmitter emitter;
  private final BackupEngine engine;
  private final RunExecutor runs;
  private @Nullable Progress sent;
  private long lastSent = System.nanoTime();
  private long lastRead = lastSent - CATALOG_PERIOD.toNanos();
  private volatile @Nullable Future<?> looking;

  EventStream(String executionId, SseEmitter emitter, BackupEngine engine, RunExecutor runs) {
    this.executionId = executionId;
    this.emitter = emitter;
    this.engine = engine;
    this.runs = runs;
  }

  /** What calls {@link #look}, to be ended with the stream. */
  void follow(Future<?> newLooking) {
    looking = newLooking;
  }

  /** Sends what is new; never two at a time. */
  void look() {
    try {
      Optional<Progress> progress = runs.progress(executionId);
      if (progress.isPresent()) {
        tell(progress.get());
      } else {
        lookAtCatalog();
      }
      beat();
    } catch (IOException | IllegalStateException e) {
      // The client has gone.
      stop();
    } catch (RuntimeException e) {
      emitter.completeWithError(e);
      stop();
    }
  }

  void stop() {
    Future<?> present = looking;
    if (present != null) {
      present.cancel(false);
    }
  }

  void end() {
    emitter.complete();
  }

  private void tell(Progress progress) throws IOException {
    Progress before = sent;
    if (progress.equals(before)) {
      return;
    }
    boolean isNewStage = before == null || !before.stage().equals(progress.stage());
    send(isNewStage ? "stage" : "progress", progress);
    sent = progress;
  }

  private void lookAtCatalog() throws IOException {
    long now = System.nanoTime();
    if (now - lastRead < CATALOG_PERIOD.toNanos() && sent == null) {
      return;
    }
    lastRead = now;
    Optional<Execution> execution = engine.catalog().find(executionId);
    if (execution.isEmpty() || execution.get().status() != ExecutionStatus.RUNNING) {
      if (execution.isPresent()) {
        send("done", ExecutionDetail.of(execution.get(), null));
      }
      stop();
      end();
    }
  }

  private void beat() throws IOException {
    if (System.nanoTime() - lastSent > HEARTBEAT.toNanos()) {
      emitter.send(SseEmitter.event().comment("alive"));
      lastSent = System.nanoTime();
    }
  }

  private void send(String event, Object data) throws IOException {
    emitter.send(SseEmitter.event().name(event).data(data, MediaType.APPLICATION_JSON));
    lastSent = System.nanoTime();
  }
}
