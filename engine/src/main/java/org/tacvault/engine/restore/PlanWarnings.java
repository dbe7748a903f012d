package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;

/** Collects warnings. */
final class PlanWarnings {
  private final List<PlanWarning> warnings = new ArrayList<>();

  void add(PlanWarning.Kind kind, @Nullable String member, String message) {
    warnings.add(new PlanWarning(kind, member, message));
  }

  /** With the reason of {@code failure}, which carries no secrets. */
  void add(PlanWarning.Kind kind, String member, String what, EngineException failure) {
    add(kind, member, what + ": " + failure.reason());
  }

  List<PlanWarning> list() {
    return List.copyOf(warnings);
  }
}
