package org.tacvault.server.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.schedule.Job;
import org.tacvault.server.schedule.LateJobs;

/**
 * How the backups are, in one word and one sentence.
 *
 * @param look good, warn, bad, run or idle
 */
public record Health(String word, String glyph, String look, String sentence) {
  /**
   * What is known.
   *
   * @param ended the newest backup of each destination in use that was not cancelled
   * @param verification the newest that ended
   */
  record Facts(
      List<Execution> running,
      List<Execution> ended,
      @Nullable Execution good,
      @Nullable Execution verification,
      List<Job> jobs,
      boolean areJobsRun) {}

  static Health of(Facts facts, Instant now) {
    if (!facts.running().isEmpty()) {
      String kind = facts.running().get(0).kind().id();
      return new Health("Running", "●", "run", "A " + kind + " is under way.");
    }
    if (facts.ended().stream().anyMatch(Health::isFailed)) {
      return new Health("Failed", "✕", "bad", "The last backup failed. The runs say why.");
    }
    List<String> late =
        facts.jobs().stream().filter(job -> LateJobs.isLate(job, now)).map(Job::id).toList();
    if (!late.isEmpty()) {
      return new Health(
          "Overdue", "!", "bad", "These jobs should have run: " + String.join(", ", late) + ".");
    }
    if (facts.good() == null) {
      return new Health("No backups", "○", "idle", "Nothing could be restored yet.");
    }
    return settled(facts);
  }

  private static Health settled(Facts facts) {
    if (!facts.areJobsRun()) {
      return new Health("Warning", "!", "warn", "The scheduler does not run jobs.");
    }
    if (facts.verification() != null && isFailed(facts.verification())) {
      return new Health("Warning", "!", "warn", "The last verification failed.");
    }
    if (facts.ended().stream().anyMatch(each -> !each.result().warnings().isEmpty())) {
      return new Health("Warning", "!", "warn", "The last backup was made with warnings.");
    }
    return new Health("Healthy", "✓", "good", "The last backup was read back and is good.");
  }

  private static boolean isFailed(Execution execution) {
    return execution.status() == ExecutionStatus.FAILED;
  }
}
