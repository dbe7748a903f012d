package org.tacvault.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.schedule.BackupScheduler;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobRunner;
import org.tacvault.engine.schedule.ScheduleListener;
import org.tacvault.engine.schedule.SchedulerTiming;

/**
 * A service's scheduler in a process of its own; ends with its standard input. Arguments: the home,
 * and {@code halt} to stand still in the first snapshot. Prints {@code up}, {@code began} and
 * {@code ended} with an execution, and {@code halted}.
 */
final class SchedulerProcess {
  static final SchedulerTiming FAST =
      new SchedulerTiming(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(500));

  private SchedulerProcess() {}

  public static void main(String[] arguments) throws IOException {
    EngineOptions options = EngineOptions.of(Home.at(Path.of(arguments[0])));
    try (BackupEngine engine = BackupEngine.open(options)) {
      JobRunner work = engine.jobRunner();
      JobRunner runner =
          arguments.length > 1
              ? (job, trigger, listener) -> work.run(job, trigger, new Halting(listener))
              : work;
      BackupScheduler scheduler = engine.scheduler(runner, new Printing(), FAST);
      scheduler.start();
      System.out.println("up " + scheduler.isRunning());
      while (System.in.read() >= 0) {
        // Whatever it says, only its end counts.
      }
      scheduler.stop(Duration.ofSeconds(20));
    }
  }

  private static final class Printing implements ScheduleListener {
    @Override
    public void started(Job job, String executionId) {
      System.out.println("began " + executionId);
    }

    @Override
    public void ended(Job job, Optional<java.time.Instant> next) {
      System.out.println("ended " + job.history().lastExecutionId());
    }
  }

  private record Halting(BackupListener listener) implements BackupListener {
    @Override
    public void started(String executionId) {
      listener.started(executionId);
    }

    @Override
    public void stage(BackupStage stage) {
      if (stage == BackupStage.ARCHIVE) {
        System.out.println("halted");
        try {
          Thread.sleep(Duration.ofMinutes(10).toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
