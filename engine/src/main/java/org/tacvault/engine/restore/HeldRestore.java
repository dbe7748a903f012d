package org.tacvault.engine.restore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tacvault.engine.home.Component;

/**
 * A restore that is in place and waits to be confirmed; until then what was before lies in the
 * journal.
 *
 * @param executionId the restore
 * @param since when everything was in place
 * @param deadline when it goes back by itself
 * @param components what it replaced
 */
public record HeldRestore(
    String executionId, Instant since, Instant deadline, List<Component> components) {
  public HeldRestore {
    components = List.copyOf(components);
  }

  /**
   * The restore that is held by the journal in {@code directory}, whether its time is over or not.
   * Looks without a claim, and cheaply when there is no journal.
   */
  public static Optional<HeldRestore> find(Path directory) {
    return Files.exists(directory)
        ? RestoreJournal.open(directory).flatMap(HeldRestore::of)
        : Optional.empty();
  }

  static Optional<HeldRestore> of(RestoreJournal journal) {
    return journal
        .hold()
        .filter(hold -> journal.state() == JournalState.HELD)
        .map(
            hold ->
                new HeldRestore(
                    journal.executionId(), hold.since(), hold.deadline(), journal.components()));
  }

  /** Whether it has to go back at {@code now}. */
  public boolean isOver(Instant now) {
    return new Hold(since, deadline).isOver(now);
  }
}
