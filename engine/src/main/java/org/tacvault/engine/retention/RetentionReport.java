package org.tacvault.engine.retention;

import java.util.List;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;

/** What a retention run did. */
public record RetentionReport(
    List<StoredArchive> deleted, List<StoredArchive> kept, List<Failure> failures) {
  /** An archive that should have gone, and why it is still there. */
  public record Failure(StoredArchive archive, EngineException error) {}

  public RetentionReport {
    deleted = List.copyOf(deleted);
    kept = List.copyOf(kept);
    failures = List.copyOf(failures);
  }

  public boolean succeeded() {
    return failures.isEmpty();
  }
}
