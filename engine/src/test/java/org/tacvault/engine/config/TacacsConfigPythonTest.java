package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.home.Home;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Merges many configurations on Python's own ConfigParser and with ours; compares the exports. */
class TacacsConfigPythonTest {
  private static final int CASES = 400;

  /** Only the documented precedence is spelled out here; what "absent" means is Python's. */
  private static final String SCRIPT =
      """
      import configparser, hashlib, json
      defaults = configparser.ConfigParser(interpolation=None)
      defaults.read("defaults.conf", encoding="utf-8")
      with open("cases.json", encoding="utf-8") as file:
          cases = json.load(file)
      out = []
      for case in cases:
          parser = configparser.ConfigParser(interpolation=None)
          parser.read_string(case["file"])
          names = sorted({(s, k) for s in defaults.sections() for k in defaults[s]})
          for section, key in sorted(names, key=lambda name: name[0] + "." + name[1]):
              value = case["environment"].get(f"TACACS_{section}_{key}".upper())
              if value is not None:
                  if not parser.has_section(section):
                      parser.add_section(section)
                  if not parser.has_option(section, key):
                      parser.set(section, key, value)
          for section in defaults.sections():
              if not parser.has_section(section):
                  parser.add_section(section)
              for key, value in defaults.items(section):
                  if not parser.has_option(section, key):
                      parser.set(section, key, value)
          for section, key, value in case["overrides"]:
              if not parser.has_section(section):
                  parser.add_section(section)
              parser.set(section, key, value)
          export = {section: dict(parser.items(section)) for section in parser.sections()}
          canonical = json.dumps(export, sort_keys=True, separators=(",", ":"))
          out.append([json.dumps(export, indent=2),
                      hashlib.sha256(canonical.encode()).hexdigest()])
      print(json.dumps(out))
      """;

  @TempDir Path directory;

  @Test
  void exportsAndHashesWhatPythonDoes() throws Exception {
    List<Map<String, Object>> cases = cases(new Random(4));
    Files.writeString(
        directory.resolve("cases.json"), JsonMapper.shared().writeValueAsString(cases));
    try (InputStream defaults = TacacsConfig.class.getResourceAsStream("server-defaults.conf")) {
      Files.copy(defaults, directory.resolve("defaults.conf"));
    }

    JsonNode expected = JsonMapper.shared().readTree(PythonProcess.run(directory, SCRIPT));

    for (int number = 0; number < CASES; number++) {
      ConfigExport export = ConfigExport.of(load(cases.get(number)));
      assertThat(new String(export.json(true), StandardCharsets.US_ASCII))
          .as(cases.get(number).toString())
          .isEqualTo(expected.get(number).get(0).asString());
      assertThat(export.hash()).isEqualTo(expected.get(number).get(1).asString());
    }
  }

  @SuppressWarnings("unchecked")
  private TacacsConfig load(Map<String, Object> one) throws Exception {
    Path file = Files.writeString(directory.resolve("one.conf"), (String) one.get("file"));
    List<ConfigOverride> overrides =
        ((List<List<String>>) one.get("overrides"))
            .stream()
                .map(row -> new ConfigOverride(row.get(0), row.get(1), row.get(2), "string"))
                .toList();
    return TacacsConfig.load(
        new Home(directory, file),
        Environment.of((Map<String, String>) one.get("environment")),
        overrides);
  }

  private static List<Map<String, Object>> cases(Random random) {
    List<Map<String, Object>> cases = new ArrayList<>();
    for (int number = 0; number < CASES; number++) {
      Map<String, String> environment = new LinkedHashMap<>();
      List<List<String>> overrides = new ArrayList<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        List<String> name = key(random);
        String value = value(random);
        boolean shown = SecretKeys.masked(name.get(0), name.get(1), value).equals(value);
        if (shown && !special(name)) {
          environment.put(
              ("TACACS_" + name.get(0) + "_" + name.get(1)).toUpperCase(Locale.ROOT), value);
        }
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        List<String> name = key(random);
        overrides.add(List.of(name.get(0), name.get(1), "o" + value(random)));
      }
      cases.add(Map.of("file", file(random), "environment", environment, "overrides", overrides));
    }
    return cases;
  }

  private static boolean special(List<String> name) {
    return Variable.named().contains(name.get(0) + "." + name.get(1));
  }

  private static String file(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextBoolean()) {
      text.append("[DEFAULT]\n").append(key(random).get(1)).append(" = inherited\n");
      text.append("Note é = ").append(value(random)).append('\n');
    }
    List<String> sections = new ArrayList<>(ServerDefaults.sections().keySet());
    sections.add("custom");
    for (String section : sections) {
      if (random.nextInt(3) == 0) {
        text.append('[').append(section).append("]\n");
        text.append("extra = ").append(value(random)).append("\n  more\n");
        text.append(key(random).get(1)).append(" : ").append(value(random)).append('\n');
      }
    }
    return text.toString();
  }

  private static List<String> key(Random random) {
    List<Map.Entry<String, Map<String, IniValue>>> sections =
        List.copyOf(ServerDefaults.sections().entrySet());
    Map.Entry<String, Map<String, IniValue>> section =
        sections.get(random.nextInt(sections.size()));
    List<String> keys = List.copyOf(section.getValue().keySet());
    return List.of(section.getKey(), keys.get(random.nextInt(keys.size())));
  }

  private static String value(Random random) {
    String[] values = {"", "1", "true", "a b", "ü", "😀", "\"q\"", "%x", "{\"k\": 1}"};
    return values[random.nextInt(values.length)];
  }
}
