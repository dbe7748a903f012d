package org.tacvault.engine.config;

import java.util.ArrayList;
import java.util.List;

/** Gathers problems so that they are reported together. */
final class Problems {
  private final List<ConfigProblem> found = new ArrayList<>();

  void add(String where, String what, String allowed) {
    found.add(new ConfigProblem(where, what, allowed));
  }

  List<ConfigProblem> list() {
    return List.copyOf(found);
  }

  void throwIfAny(String operation, Object subject) {
    if (!found.isEmpty()) {
      throw new InvalidConfigException(operation, subject, found);
    }
  }
}
