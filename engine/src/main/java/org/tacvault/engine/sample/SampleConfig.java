package org.tacvault.engine.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tacvault.engine.io.AtomicFiles;

/** {@code tacacs.conf} with made-up secrets in the places where the Python server keeps them. */
final class SampleConfig {
  private final String text;

  private SampleConfig(String text) {
    this.text = text;
  }

  static SampleConfig invent(Dice dice) throws IOException {
    return new SampleConfig(
        SampleDatabase.resource("tacacs.conf")
            .replace("{instance}", SampleHome.INSTANCE_NAME)
            .replace("{ldap_password}", dice.secret(20))
            .replace("{radius_secret}", dice.secret(24)));
  }

  void write(Path file) throws IOException {
    AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sections with their keys, in the order of the file. Reads only what this class writes. */
  Map<String, Map<String, String>> sections() {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> section = Map.of();
    String key = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("[")) {
        section = new LinkedHashMap<>();
        sections.put(line.substring(1, line.length() - 1), section);
      } else if (line.startsWith(" ")) {
        section.merge(key, line.strip(), (start, more) -> start + "\n" + more);
      } else if (line.contains("=") && !line.startsWith(";")) {
        key = line.substring(0, line.indexOf('=')).strip();
        section.put(key, line.substring(line.indexOf('=') + 1).strip());
      }
    }
    return sections;
  }
}
