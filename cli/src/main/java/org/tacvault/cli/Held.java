package org.tacvault.cli;

import java.time.Instant;
import java.util.List;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.HeldRestore;

/** A restore that waits to be confirmed, as programs see it. */
record Held(String executionId, Instant deadline, List<String> components) {
  static Held of(HeldRestore held) {
    return new Held(
        held.executionId(),
        held.deadline(),
        held.components().stream().map(Component::id).toList());
  }
}
