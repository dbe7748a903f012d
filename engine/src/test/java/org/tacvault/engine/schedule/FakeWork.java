package org.tacvault.engine.schedule;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.catalog.Failures;
import org.tacvault.engine.catalog.NewExecution;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Work that is recorded like a backup and does what the test wants. */
final class FakeWork implements JobRunner {
  final List<String> triggeredBy = new CopyOnWriteArrayList<>();
  final AtomicInteger atOnce = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  private final Catalog catalog;
  private final InstantSource clock;
  private final Semaphore mayEnd = new Semaphore(0);
  private volatile boolean waits;
  private volatile @Nullable EngineException failure;
  private volatile boolean failsBeforeItBegins;

  FakeWork(Catalog catalog, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /** From now on each run waits for {@link #letEnd}. */
  void hold() {
    waits = true;
  }

  void letEnd() {
    waits = false;
    mayEnd.release(100);
  }

  void failWith(@Nullable ErrorKind kind, boolean beforeItBegins) {
    failsBeforeItBegins = beforeItBegins;
    failure = kind == null ? null : new EngineException(kind, "back up", "to nas", "no luck");
  }

  int runs() {
    return triggeredBy.size();
  }

  @Override
  public void run(Job job, Trigger trigger, BackupListener listener) {
    triggeredBy.add(trigger.by());
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      EngineException now = failure;
      if (now != null && failsBeforeItBegins) {
        throw now;
      }
      String id = catalog.begin(execution(job, trigger));
      try {
        listener.started(id);
        work();
        if (now != null) {
          throw now;
        }
        catalog.complete(id, ExecutionResult.NONE, clock.instant());
      } catch (EngineException e) {
        Failures.record(catalog, id, e, clock.instant());
        throw e;
      }
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private void work() {
    if (waits) {
      try {
        mayEnd.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineException(ErrorKind.INTERRUPTED, "back up", "to nas", "it was stopped");
      }
    }
  }

  private NewExecution execution(Job job, Trigger trigger) {
    return new NewExecution(
        ExecutionKind.BACKUP,
        job.destinationId(),
        trigger.type().id(),
        trigger.by(),
        null,
        null,
        Set.of(),
        "test",
        clock.instant(),
        null);
  }
}
