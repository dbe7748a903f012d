package org.tacvault.server.api.execution;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.tacvault.engine.BackupEngine;
import org.tacvault.server.run.RunExecutor;

/**
 * The streams of events that are open. Each looks at its execution a few times a second: in memory
 * when it runs here, in the catalog when another process runs it.
 */
@Component
final class EventStreams {
  private static final int MOST = 100;
  private static final int THREADS = 4;
  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final long UNLIMITED = 0;

  private final BackupEngine engine;
  private final RunExecutor runs;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looks =
      Executors.newScheduledThreadPool(THREADS, task -> new Thread(task, "event-stream"));

  EventStreams(BackupEngine engine, RunExecutor runs) {
    this.engine = engine;
    this.runs = runs;
  }

  /** A stream of that execution; empty when too many are open. */
  Optional<SseEmitter> open(String executionId) {
    if (open.size() >= MOST) {
      return Optional.empty();
    }
    SseEmitter emitter = new SseEmitter(UNLIMITED);
    EventStream stream = new EventStream(executionId, emitter, engine, runs);
    open.add(stream);
    emitter.onCompletion(() -> close(stream));
    emitter.onError(failure -> close(stream));
    stream.follow(
        looks.scheduleWithFixedDelay(stream::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS));
    return Optional.of(emitter);
  }

  /** Open streams would keep the service from stopping. */
  @EventListener
  void stop(ContextClosedEvent event) {
    looks.shutdownNow();
    open.forEach(EventStream::end);
  }

  private void close(EventStream stream) {
    stream.stop();
    open.remove(stream);
  }
}
