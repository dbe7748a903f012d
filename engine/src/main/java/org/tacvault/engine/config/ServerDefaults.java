package org.tacvault.engine.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** What the Python server assumes where nothing is configured. */
final class ServerDefaults {
  private static final String RESOURCE = "server-defaults.conf";
  private static final IniFile FILE = IniFile.parse(text(), RESOURCE);

  private ServerDefaults() {}

  /** Sections and keys in the server's order. */
  static Map<String, Map<String, IniValue>> sections() {
    return FILE.sections();
  }

  private static String text() {
    try (InputStream in =
        Objects.requireNonNull(ServerDefaults.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
