package org.tacvault.engine.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code manifest.json}: UTF-8 JSON, indented by two, with the field names of the Python server's
 * format. Ours are added beside them: {@code backup_metadata.comment}, {@code
 * system_info.java_version}, {@code contents[].tables}, {@code missing}, {@code
 * snapshot_spread_ms}, {@code compression}.
 */
public final class ManifestJson {
  /**
   * The longest manifest written or read. Real ones have a few kilobytes; a parsed document takes
   * many times its length in memory.
   */
  public static final int MAX_BYTES = 1 << 20;

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ManifestJson() {}

  /**
   * The document for {@code manifest}.
   *
   * @throws EngineException when it is longer than {@link #MAX_BYTES}
   */
  public static byte[] write(Manifest manifest) {
    byte[] json = ManifestWriter.write(manifest);
    if (json.length > MAX_BYTES) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT,
              "write manifest",
              Manifest.FILE,
              "it has " + json.length + " bytes, at most " + MAX_BYTES + " are allowed")
          .withHint("shorten the comment of the backup");
    }
    return json;
  }

  /**
   * Reads a manifest of ours or of the Python server. Additional fields are ignored.
   *
   * @throws EngineException {@link ErrorKind#VERIFICATION_FAILED}, with the path of the field that
   *     is missing or wrong
   */
  public static Manifest read(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw JsonFields.fault("the document", "is longer than " + MAX_BYTES + " bytes");
    }
    try {
      return ManifestReader.read(MAPPER.readTree(utf8(json)));
    } catch (CharacterCodingException e) {
      throw JsonFields.fault("the document", "is not valid UTF-8").withCause(e);
    } catch (JacksonException e) {
      throw JsonFields.fault("the document", "is not valid JSON: " + e.getOriginalMessage())
          .withCause(e);
    }
  }

  /** Left to itself, the parser would guess other encodings, and two readers might differ. */
  private static String utf8(byte[] json) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
  }
}
