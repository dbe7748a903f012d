package org.tacvault.engine.destination;

import java.util.List;
import java.util.Map;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** What all destination settings share in reading their configuration. */
public final class ConfigKeys {
  private ConfigKeys() {}

  /** Refuses keys of {@code config} that are not in {@code allowed}, and says what is. */
  public static void requireKnown(String type, Map<String, ?> config, List<String> allowed) {
    List<String> unknown =
        config.keySet().stream().filter(key -> !allowed.contains(key)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw invalid(type, "Unknown configuration keys: " + String.join(", ", unknown))
          .withHint("a destination of type " + type + " takes: " + String.join(", ", allowed));
    }
  }

  /** The failure of a configuration that cannot be; the reason is shown as it is. */
  public static EngineException invalid(String type, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, "configure destination", type, reason);
  }
}
