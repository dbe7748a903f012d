package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.secret.Secret;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigExportTest {
  private static final String SCRIPT =
      """
      import hashlib, json
      with open("export.json", encoding="ascii") as file:
          text = file.read()
      export = json.loads(text)
      assert json.dumps(export, indent=2) == text, "indented"
      canonical = json.dumps(export, sort_keys=True, separators=(",", ":"))
      print(hashlib.sha256(canonical.encode()).hexdigest())
      """;

  @TempDir Path directory;
  private TestConfig config;

  @BeforeEach
  void createHome() {
    config = new TestConfig(directory);
  }

  @Test
  void hashesTheTestVector() {
    Map<String, Map<String, String>> sections =
        Map.of(
            "server", Map.of("port", "49", "host", "0.0.0.0"),
            "auth", Map.of("note", "ü", "backends", "local"));

    assertThat(ConfigExport.hash(sections))
        .isEqualTo("a1836b12ac7e3cfa72d2bf683216c3f307f1e3387215c723ab84278e4274f677");
  }

  @Test
  void writesAndHashesWhatPythonWritesAndHashes() throws Exception {
    Map<String, Map<String, String>> sections = randomSections(new Random(7));
    String json = PythonJson.indented(sections);
    Files.writeString(directory.resolve("export.json"), json, StandardCharsets.US_ASCII);

    String python = PythonProcess.run(directory, SCRIPT).strip();

    assertThat(ConfigExport.hash(sections)).isEqualTo(python);
  }

  @Test
  void sortsByCodePointAndNotByUtf16() {
    assertThat(PythonJson.canonical(Map.of("\uff5e", Map.of(), "😀", Map.of(), "a", Map.of())))
        .isEqualTo("{\"a\":{},\"\\uff5e\":{},\"\\ud83d\\ude00\":{}}");
    assertThat(PythonJson.indented(Map.of())).isEqualTo("{}");
    assertThat(PythonJson.indented(Map.of("a", Map.of()))).isEqualTo("{\n  \"a\": {}\n}");
  }

  @Test
  void keepsTheOrderInWhichValuesWereLoaded() {
    config.file("[zeta]\nb = 1\na = 2\n[server]\nport = 1\n");

    JsonNode export = export(false);

    assertThat(export.propertyNames()).startsWith("zeta", "server", "auth");
    assertThat(export.get("zeta").propertyNames()).containsExactly("b", "a");
    assertThat(export.get("server").propertyNames()).startsWith("port", "host");
    assertThat(export.get("server").get("port").asString()).isEqualTo("1");
  }

  @Test
  void masksSecretsUnlessTheyAreAskedFor() {
    config.file("[ldap]\nbind_password = hunter2\nserver = ldap://u:hunter2@h\n");
    config.variable("ADMIN_PASSWORD_HASH", "hunter2");
    config.override("backup", "encryption_passphrase", "hunter2", "string");

    assertThat(export(false).toString()).doesNotContain("hunter2");
    assertThat(export(false).get("ldap").get("bind_password").asString()).isEqualTo(Secret.MASK);
    assertThat(export(true).get("ldap").get("bind_password").asString()).isEqualTo("hunter2");
    assertThat(export(true).get("admin").get("password_hash").asString()).isEqualTo("hunter2");
  }

  @Test
  void hashesTheSecretsOfTheFileInClear() {
    config.file("[ldap]\nbind_password = one\n");
    String one = ConfigExport.of(config.load()).hash();
    config.file("[ldap]\nbind_password = two\n");

    assertThat(ConfigExport.of(config.load()).hash()).isNotEqualTo(one);
  }

  @Test
  void tellsNothingAboutSecretsOfTheEnvironmentInTheHash() {
    config.variable("BACKUP_ENCRYPTION_PASSPHRASE", "one");
    config.variable("TACACS_WEBHOOKS_URLS", "https://h/one");
    String one = ConfigExport.of(config.load()).hash();
    config.variable("BACKUP_ENCRYPTION_PASSPHRASE", "two");
    config.variable("TACACS_WEBHOOKS_URLS", "https://h/two");
    String two = ConfigExport.of(config.load()).hash();
    config.variable("TACACS_SERVER_PORT", "50");

    assertThat(two).isEqualTo(one);
    assertThat(ConfigExport.of(config.load()).hash()).isNotEqualTo(one);
  }

  @Test
  void hashesTheDefaultsAsEarlierVersionsDid() {
    assertThat(ConfigExport.of(config.load()).hash())
        .isEqualTo("c242433ecb02cd9b0cc7a5c87ea1442b69bd2afe2f26bba2b536dfece033097d");
  }

  private JsonNode export(boolean secrets) {
    return JsonMapper.shared().readTree(ConfigExport.of(config.load()).json(secrets));
  }

  private static Map<String, Map<String, String>> randomSections(Random random) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    for (int section = 0; section < 40; section++) {
      Map<String, String> values = new LinkedHashMap<>();
      for (int key = 0; key < random.nextInt(30); key++) {
        values.put(text(random), text(random));
      }
      sections.put(text(random) + section, values);
    }
    return sections;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int[] limits = {0x20, 0x7f, 0x100, 0x800, 0xd800, 0x110000};
    for (int i = random.nextInt(12); i > 0; i--) {
      int codePoint = random.nextInt(limits[random.nextInt(limits.length)]);
      boolean surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
      text.appendCodePoint(surrogate ? 0xfffd : codePoint);
    }
    return text.toString();
  }
}
