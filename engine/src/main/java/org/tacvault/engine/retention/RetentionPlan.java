package org.tacvault.engine.retention;

import java.util.List;
import org.tacvault.engine.destination.StoredArchive;

/** What a retention run would do: one decision for each stored archive, newest first. */
public record RetentionPlan(List<Decision> decisions) {
  public RetentionPlan {
    decisions = List.copyOf(decisions);
  }

  public List<StoredArchive> kept() {
    return decisions.stream().filter(Decision::keep).map(Decision::archive).toList();
  }

  public List<StoredArchive> deleted() {
    return decisions.stream().filter(decision -> !decision.keep()).map(Decision::archive).toList();
  }
}
