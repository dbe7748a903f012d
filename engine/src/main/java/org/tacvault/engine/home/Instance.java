package org.tacvault.engine.home;

import java.util.regex.Pattern;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * One TACACS+ server.
 *
 * @param name part of archive names and paths, {@code [A-Za-z0-9_-]{1,64}}
 * @param id {@code instance_} and eight hex digits, created once and kept
 */
public record Instance(String name, String id) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public Instance {
    if (!NAME.matcher(name).matches()) {
      throw new EngineException(
              ErrorKind.INVALID_CONFIG,
              "name instance",
              "'" + name + "'",
              "not a valid instance name")
          .withHint("[server] instance_name takes 1 to 64 letters, digits, '_' and '-'");
    }
  }

  /** Whether {@code name} can name an instance. */
  public static boolean isValidName(String name) {
    return NAME.matcher(name).matches();
  }
}
