package org.tacvault.engine.schedule;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.ExecutionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Instant;
import org.tacvault.engine.catalog.StateDatabase;

/**
 * The next run of each job, in the table that db-scheduler polls: whichever process writes here,
 * the one that runs jobs sees it. A job that is running is left alone; what becomes of it is
 * decided when it ends.
 */
final class Agenda {
  /** The one task of db-scheduler; its instances are the jobs. */
  static final String TASK = "job";

  static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS scheduled_tasks (
        task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data BLOB,
        execution_time TIMESTAMP NOT NULL, picked BOOLEAN NOT NULL, picked_by TEXT,
        last_success TIMESTAMP, last_failure TIMESTAMP, consecutive_failures INT,
        last_heartbeat TIMESTAMP, version BIGINT NOT NULL, priority SMALLINT,
        PRIMARY KEY (task_name, task_instance))
      """;
  static final String INDEX =
      "CREATE INDEX IF NOT EXISTS scheduled_tasks_execution_time ON scheduled_tasks(execution_time)";

  /** More than there are ever processes that change one job at the same moment. */
  private static final int ATTEMPTS = 100;

  private static final ExecutionHandler<Void> NOT_RUN_HERE =
      (instance, context) -> {
        throw new IllegalStateException(instance.getId());
      };

  private final StateDatabase database;
  private final SchedulerClient client;

  Agenda(StateDatabase database) {
    Task<Void> task = Tasks.custom(TASK, Void.class).execute(NOT_RUN_HERE);
    this.database = database;
    this.client =
        SchedulerClient.Builder.create(database.dataSource(), task)
            .jdbcCustomization(new SqliteJdbcCustomization())
            .build();
  }

  /** Enters the next run of a job, in the place of another one. */
  void enter(String jobId, Instant time) {
    write(
        () ->
            client.schedule(
                new TaskInstance<>(TASK, jobId), time, ScheduleOptions.WHEN_EXISTS_RESCHEDULE));
  }

  /** {@link #enter}, unless the job has an entry. */
  void enterIfAbsent(String jobId, Instant time) {
    write(() -> client.scheduleIfNotExists(new TaskInstance<>(TASK, jobId), time));
  }

  void strike(String jobId) {
    write(() -> client.cancel(TaskInstanceId.of(TASK, jobId)));
  }

  private void write(Runnable work) {
    int attempt = 1;
    while (!isWritten(work, attempt)) {
      attempt++;
    }
  }

  private boolean isWritten(Runnable work, int attempt) {
    try {
      work.run();
      return true;
    } catch (TaskInstanceNotFoundException | TaskInstanceCurrentlyExecutingException e) {
      // There is nothing to strike; or it is running, and its end looks at the job again.
      return true;
    } catch (ExecutionException e) {
      // Somebody else changed the same entry between the library's look at it and its write.
      if (attempt == ATTEMPTS) {
        throw e;
      }
      return false;
    } catch (RuntimeException e) {
      for (Throwable link = e; link != null; link = link.getCause()) {
        if (link instanceof SQLException failure) {
          throw database.failure("write", failure);
        }
      }
      throw e;
    }
  }
}
