package org.tacvault.engine.destination;

import java.util.Map;
import org.tacvault.engine.destination.local.LocalSettings;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** A directory behind a door: a type of destination for tests that needs a secret to be opened. */
public record LockedSettings(LocalSettings place, String doorCode, String rightCode)
    implements DestinationSettings {
  /** Its name; {@code door_code} is its secret, under a name that does not tell. */
  public static final String TYPE = "locked";

  public static final String SECRET_KEY = "door_code";

  /** The type whose doors open with {@code rightCode}. */
  public static DestinationTypes.Parser type(String rightCode) {
    return DestinationTypes.Parser.withSecrets(config -> parse(config, rightCode), SECRET_KEY);
  }

  private static LockedSettings parse(Map<String, Object> config, String rightCode) {
    LocalSettings place = LocalSettings.parse(Map.of("base_path", config.get("base_path")));
    return new LockedSettings(place, String.valueOf(config.get(SECRET_KEY)), rightCode);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Map<String, Object> toConfig() {
    return Map.of("base_path", place.basePath().toString(), SECRET_KEY, doorCode);
  }

  @Override
  public Destination open(Retries retries) {
    if (!doorCode.equals(rightCode)) {
      throw new EngineException(
          ErrorKind.ACCESS_DENIED, "open door", place.basePath(), "the code is wrong");
    }
    return place.open(retries);
  }
}
