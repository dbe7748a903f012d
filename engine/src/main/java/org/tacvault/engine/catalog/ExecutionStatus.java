package org.tacvault.engine.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Where an execution stands; the catalog and the API name it in lower case. */
public enum ExecutionStatus {
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that {@link #id}; {@code INVALID_INPUT} when there is none. */
  public static ExecutionStatus of(String id) {
    List<String> all = Arrays.stream(values()).map(ExecutionStatus::id).toList();
    if (!all.contains(id)) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT, "read status", "'" + id + "'", "no such execution status")
          .withHint("one of: " + String.join(", ", all));
    }
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
