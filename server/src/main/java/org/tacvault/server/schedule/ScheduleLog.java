package org.tacvault.server.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobHistory;
import org.tacvault.engine.schedule.ScheduleListener;

/** Writes what the scheduler does into the log. */
final class ScheduleLog implements ScheduleListener {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleLog.class);

  @Override
  public void started(Job job, String executionId) {
    LOG.info("Job '{}' runs: execution {}", job.id(), executionId);
  }

  @Override
  public void ended(Job job, Optional<Instant> next) {
    String then = next.map(at -> "; next at " + at.truncatedTo(ChronoUnit.SECONDS)).orElse("");
    JobHistory history = job.history();
    if (history.lastStatus() == JobHistory.Result.FAILED) {
      LOG.warn("Job '{}' failed: {}{}", job.id(), history.lastError(), then);
    } else if (history.lastStatus() == JobHistory.Result.COMPLETED) {
      LOG.info("Job '{}' completed{}", job.id(), then);
    } else {
      LOG.info("Job '{}': {}{}", job.id(), history.lastError(), then);
    }
  }

  @Override
  public void note(String sentence) {
    LOG.warn(sentence);
  }

  @Override
  public void unavailable(String reason) {
    LOG.error("No jobs run: {}", reason);
  }
}
