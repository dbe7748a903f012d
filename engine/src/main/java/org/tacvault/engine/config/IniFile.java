package org.tacvault.engine.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;

/**
 * A file in the dialect of Python's {@code configparser.ConfigParser(interpolation=None)}, strict:
 * what that parser refuses is refused here, and what it reads is read the same, character for
 * character.
 */
public final class IniFile {
  /** More than any real configuration; keeps a wrong path from filling the memory. */
  static final int MAX_BYTES = 8 << 20;

  private static final String READ = "read configuration";

  private final Map<String, Map<String, IniValue>> sections;
  private final Map<String, IniValue> defaults;

  IniFile(Map<String, Map<String, IniValue>> sections, Map<String, IniValue> defaults) {
    this.sections = Collections.unmodifiableMap(sections);
    this.defaults = Collections.unmodifiableMap(defaults);
  }

  /**
   * Reads a UTF-8 file.
   *
   * @throws InvalidConfigException with all lines that cannot be read
   */
  public static IniFile read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new EngineException(ErrorKind.INVALID_CONFIG, READ, file, "it is a directory")
            .withHint("name the configuration file: --config FILE, or TACACS_CONFIG");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new EngineException(
                ErrorKind.INVALID_CONFIG, READ, file, "larger than " + MAX_BYTES + " bytes")
            .withHint("check that the path names a configuration and not some other file");
      }
      return parse(decode(Files.readAllBytes(file), file), file.toString());
    } catch (IOException e) {
      throw IoFailures.of(READ, file, e);
    }
  }

  /**
   * Reads a text.
   *
   * @param name what problems are reported against, usually the path
   * @throws InvalidConfigException with all lines that cannot be read
   */
  public static IniFile parse(String text, String name) {
    return new IniParser(name).parse(text);
  }

  private static String decode(byte[] bytes, Path file) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
    } catch (CharacterCodingException e) {
      Problems problems = new Problems();
      problems.add(
          file + ":" + lineAt(bytes, rest.position()),
          "bytes that are not UTF-8",
          "save the file as UTF-8");
      throw new InvalidConfigException(READ, file, problems.list());
    }
  }

  private static int lineAt(byte[] bytes, int position) {
    return PythonText.lines(new String(bytes, 0, position, StandardCharsets.ISO_8859_1) + "?")
        .size();
  }

  /** Sections in the order of the file, without {@code [DEFAULT]} and without what it adds. */
  public Map<String, Map<String, IniValue>> sections() {
    return sections;
  }

  /** The entries of {@code [DEFAULT]}, which every section inherits. */
  public Map<String, IniValue> defaults() {
    return defaults;
  }

  /** What the section holds with what it inherits, inherited keys first, as Python lists them. */
  public Map<String, IniValue> effective(String section) {
    Map<String, IniValue> values = new LinkedHashMap<>(defaults);
    values.putAll(sections.getOrDefault(section, Map.of()));
    return values;
  }

  /** The value of a key in a section that is there, its own or inherited. */
  public Optional<IniValue> get(String section, String key) {
    return sections.containsKey(section)
        ? Optional.ofNullable(effective(section).get(key))
        : Optional.empty();
  }
}
