package org.tacvault.engine.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.home.Home;

/** A home whose configuration a test puts together. */
final class TestConfig {
  private final Home home;
  private final Map<String, String> variables = new HashMap<>();
  private final List<ConfigOverride> overrides = new ArrayList<>();

  TestConfig(Path root) {
    home = Home.at(root);
  }

  void file(String text) {
    try {
      Files.createDirectories(path().getParent());
      Files.writeString(path(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void backup(String... lines) {
    file("[backup]\n" + String.join("\n", lines) + "\n");
  }

  void variable(String name, String value) {
    variables.put(name, value);
  }

  void override(String section, String key, String value, String type) {
    overrides.add(new ConfigOverride(section, key, value, type, "admin"));
  }

  Path path() {
    return home.configFile();
  }

  Environment environment() {
    return Environment.of(variables);
  }

  List<ConfigOverride> overrides() {
    return overrides;
  }

  TacacsConfig load() {
    return TacacsConfig.load(home, environment(), overrides);
  }
}
