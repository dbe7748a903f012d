package org.tacvault.server.api.execution;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.error.EngineException;
import org.tacvault.server.error.Violation;
import org.tacvault.server.error.ViolationException;

/** What a list of executions can be narrowed to. */
final class Choices {
  private static final String ALL = "all";

  private Choices() {}

  /** Null means every kind. */
  static @Nullable ExecutionKind kind(@Nullable String id) {
    return id == null ? ExecutionKind.BACKUP : choose("kind", id, ExecutionKind::of);
  }

  /** Null means every status. */
  static @Nullable ExecutionStatus status(@Nullable String id) {
    return id == null ? null : choose("status", id, ExecutionStatus::of);
  }

  private static <E> @Nullable E choose(String name, String id, Function<String, E> choices) {
    if (id.equals(ALL)) {
      return null;
    }
    try {
      return choices.apply(id);
    } catch (EngineException e) {
      String allowed = e.hint().orElse("") + ", " + ALL;
      throw new ViolationException(
          new Violation("enum", List.of("query", name), "Input should be " + allowed, null));
    }
  }
}
