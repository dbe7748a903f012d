package org.tacvault.engine.restore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tacvault.engine.home.Component;

/** Finishes what a killed restore left, in one direction only: all old, or all new. */
public final class Recovery {
  /** What a killed restore was brought to. */
  public enum Outcome {
    /** The old content is back. */
    ROLLED_BACK,
    /** The restore had been committed; its new content stays. */
    COMMITTED
  }

  /**
   * What was recovered.
   *
   * @param executionId the restore that was killed
   * @param components what it was replacing
   */
  public record Report(String executionId, Outcome outcome, List<Component> components) {}

  private Recovery() {}

  /**
   * Recovers the journal in {@code directory}, if there is one. The caller holds the home's restore
   * lock, so that no living restore is disturbed. On failure the journal stays, and it can be tried
   * again.
   */
  public static Optional<Report> run(Path directory) {
    if (!Files.exists(directory)) {
      return Optional.empty();
    }
    Optional<RestoreJournal> journal = RestoreJournal.open(directory);
    if (journal.isEmpty()) {
      RestoreJournal.removeDirectory(directory);
      return Optional.empty();
    }
    return Optional.of(recover(journal.get()));
  }

  private static Report recover(RestoreJournal journal) {
    if (journal.state() == JournalState.APPLYING) {
      journal.rollBack();
    }
    Outcome outcome =
        journal.state() == JournalState.COMMITTED ? Outcome.COMMITTED : Outcome.ROLLED_BACK;
    journal.remove();
    List<Component> components =
        journal.steps().stream().map(JournalStep::component).distinct().toList();
    return new Report(journal.executionId(), outcome, components);
  }
}
