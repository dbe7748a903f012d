package org.tacvault.cli;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.SecretFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A file with the settings of a destination: one JSON object. */
final class SettingsFile {
  private static final String OPERATION = "read destination settings";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private SettingsFile() {}

  static Map<String, Object> read(Path file) {
    CharBuffer text = SecretFile.read(OPERATION, file);
    try {
      Map<String, Object> settings = MAPPER.readValue(text.toString(), OBJECT);
      if (settings == null) {
        throw invalid(file, "it holds no JSON object");
      }
      return settings;
    } catch (JacksonException e) {
      // Without the cause: its message quotes the text, which may be a secret.
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw invalid(file, "line " + line + " is not right: no JSON object, or a key twice");
    }
  }

  private static EngineException invalid(Path file, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, OPERATION, file, reason)
        .withHint("write the settings as one JSON object: {\"base_path\": \"/srv/backups\"}");
  }
}
