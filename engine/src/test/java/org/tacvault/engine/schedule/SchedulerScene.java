package org.tacvault.engine.schedule;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tacvault.engine.backup.Claims;
import org.tacvault.engine.catalog.Catalog;

/** Jobs, a catalog and a clock of their own, to start and stop schedulers on. */
final class SchedulerScene {
  static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  static final SchedulerTiming FAST =
      new SchedulerTiming(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(100));

  final MovableClock clock = new MovableClock(NOON);
  final List<String> heard = new CopyOnWriteArrayList<>();
  final Path directory;
  final Catalog catalog;
  final FakeWork work;
  JobRules rules = new JobRules(true, 3);

  SchedulerScene(Path directory) {
    this.directory = directory;
    this.catalog = Catalog.open(directory.resolve("backup_executions.db"));
    this.work = new FakeWork(catalog, clock);
  }

  Path file() {
    return directory.resolve("backup_jobs.db");
  }

  /** As another process would open them. */
  Jobs jobs() {
    return Jobs.open(file(), clock);
  }

  Job add(String id, String type, String value) {
    return jobs().add(job(id, type, value));
  }

  NewJob job(String id, String type, String value) {
    Schedule schedule = Schedule.parse(type, value, ZoneOffset.UTC);
    return NewJob.backup(id, schedule, "dest-1", "tester", clock.instant());
  }

  JobHistory history(String id) {
    return jobs().get(id).history();
  }

  JobRuns runs() {
    Claims claims = new Claims(directory.resolve("locks"), "test");
    return new JobRuns(jobs(), claims, catalog, "test", clock, work);
  }

  BackupScheduler start() {
    BackupScheduler scheduler = new BackupScheduler(setup(), listener(), clock, FAST);
    scheduler.start();
    return scheduler;
  }

  private BackupScheduler.Setup setup() {
    return new BackupScheduler.Setup() {
      @Override
      public JobRuns open(ScheduleListener listener) {
        return runs();
      }

      @Override
      public JobRules rules() {
        return rules;
      }

      @Override
      public String owner() {
        return "test";
      }
    };
  }

  private ScheduleListener listener() {
    return new ScheduleListener() {
      @Override
      public void note(String sentence) {
        heard.add(sentence);
      }

      @Override
      public void unavailable(String reason) {
        heard.add("unavailable: " + reason);
      }

      @Override
      public void available() {
        heard.add("available");
      }
    };
  }
}
