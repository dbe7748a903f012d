package org.tacvault.engine.schedule;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Runs that people asked for, in the background. */
final class Triggers {
  private final JobRuns runs;
  private final ExecutorService pool = Executors.newCachedThreadPool(Pools.named("triggered-job"));

  Triggers(JobRuns runs) {
    this.runs = runs;
  }

  ExecutorService pool() {
    return pool;
  }

  /** Returns when the execution is recorded; throws what keeps it from that. */
  String start(Job job, Trigger trigger) {
    CompletableFuture<String> begun = new CompletableFuture<>();
    pool.execute(() -> run(job, trigger, begun));
    try {
      return begun.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EngineException known ? known : e;
    }
  }

  private void run(Job job, Trigger trigger, CompletableFuture<String> begun) {
    BackupListener listener =
        new BackupListener() {
          @Override
          public void started(String executionId) {
            begun.complete(executionId);
          }
        };
    try {
      runs.run(job, trigger, listener);
      begun.completeExceptionally(nothingToDo(job));
    } catch (RuntimeException | Error e) {
      // Once it has begun, the execution and the job's history tell.
      begun.completeExceptionally(e);
    }
  }

  private static EngineException nothingToDo(Job job) {
    return new EngineException(
            ErrorKind.CONFLICT, "run job", "'" + job.id() + "'", "there is nothing to do")
        .withHint("enable a destination");
  }
}
