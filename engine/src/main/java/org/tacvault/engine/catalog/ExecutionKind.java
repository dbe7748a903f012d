package org.tacvault.engine.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** What was run; the catalog and the API name it in lower case. */
public enum ExecutionKind {
  BACKUP,
  RESTORE,
  VERIFY,
  RETENTION;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of that {@link #id}; {@code INVALID_INPUT} when there is none. */
  public static ExecutionKind of(String id) {
    List<String> all = Arrays.stream(values()).map(ExecutionKind::id).toList();
    if (!all.contains(id)) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT, "read kind", "'" + id + "'", "no such kind of execution")
          .withHint("one of: " + String.join(", ", all));
    }
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
