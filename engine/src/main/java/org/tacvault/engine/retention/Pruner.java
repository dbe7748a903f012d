package org.tacvault.engine.retention;

import java.util.ArrayList;
import java.util.List;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.retention.RetentionReport.Failure;

/** Carries a plan out. The caller sees to it that nothing is pinned or restored in between. */
public final class Pruner {
  private Pruner() {}

  /** Deletes, oldest first; what cannot be deleted is reported, and the rest goes on. */
  public static RetentionReport apply(RetentionPlan plan, Destination destination) {
    List<StoredArchive> deleted = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    List<StoredArchive> newestFirst = plan.deleted();
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      StoredArchive archive = newestFirst.get(i);
      try {
        delete(archive, destination);
        deleted.add(archive);
      } catch (EngineException e) {
        failures.add(new Failure(archive, e));
      }
    }
    return new RetentionReport(deleted, plan.kept(), failures);
  }

  private static void delete(StoredArchive archive, Destination destination) {
    try {
      destination.delete(archive.path());
    } catch (EngineException e) {
      // Somebody else removed it since the listing: it is gone, as planned.
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
    }
  }
}
