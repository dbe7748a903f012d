package org.tacvault.engine.config;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.tacvault.engine.io.Sha256;

/**
 * The merged configuration as the Python server exports it: {@code {section: {key: text}}} in the
 * order in which it was loaded. It says what was in force; nothing reads it back.
 */
public final class ConfigExport {
  private final TacacsConfig config;

  private ConfigExport(TacacsConfig config) {
    this.config = config;
  }

  public static ConfigExport of(TacacsConfig config) {
    return new ConfigExport(config);
  }

  /**
   * {@code config_export.json}: indented by two, ASCII only, without a final newline.
   *
   * @param exportSecrets whether secrets stand in it in clear, byte for byte as the Python server
   *     writes them, or masked
   */
  public byte[] json(boolean exportSecrets) {
    Map<String, Map<String, String>> sections =
        sections(exportSecrets ? ConfigValue::value : ConfigExport::masked);
    return PythonJson.indented(sections).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * SHA-256 over the canonical JSON of the export, 64 hex digits. It takes values in clear, as the
   * Python server does and whatever {@link #json} masks, so that both give the same hash for the
   * same configuration. The exception are secrets that only the environment holds: they count as
   * masked, because everything else stands in the archive too, and whoever has it could then try
   * passphrases against the hash.
   */
  public String hash() {
    return hash(sections(ConfigExport::hashed));
  }

  /** The hash of an export. */
  static String hash(Map<String, Map<String, String>> sections) {
    return Sha256.hex(PythonJson.canonical(sections).getBytes(StandardCharsets.US_ASCII));
  }

  private static String masked(ConfigValue value) {
    return SecretKeys.masked(value.section(), value.key(), value.value());
  }

  private static String hashed(ConfigValue value) {
    boolean onlyInEnvironment = value.origin().kind() == Origin.Kind.ENVIRONMENT;
    return onlyInEnvironment ? masked(value) : value.value();
  }

  private Map<String, Map<String, String>> sections(Function<ConfigValue, String> text) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    for (String section : config.sections()) {
      Map<String, String> values = new LinkedHashMap<>();
      config.section(section).forEach(value -> values.put(value.key(), text.apply(value)));
      sections.put(section, values);
    }
    return sections;
  }
}
