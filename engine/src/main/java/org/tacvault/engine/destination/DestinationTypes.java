package org.tacvault.engine.destination;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * The destination types of one engine: type name to settings. A new provider is one package and one
 * line where this is built, for example {@code Map.of("local", LocalSettings::parse)}; one with
 * secrets declares their keys: {@code Parser.withSecrets(FtpSettings::parse, "password")}.
 */
public final class DestinationTypes {
  private final Map<String, Parser> parsers;

  /** Checks a configuration and makes settings of it; {@code INVALID_INPUT} when it cannot be. */
  @FunctionalInterface
  public interface Parser {
    DestinationSettings parse(Map<String, Object> config);

    /**
     * The keys whose values are secrets: they are encrypted in the catalog, masked when shown, and
     * handed to {@link #parse} in clear.
     */
    default Set<String> secretKeys() {
      return Set.of();
    }

    /** {@code parser}, which declares {@code keys} as its secrets. */
    static Parser withSecrets(Parser parser, String... keys) {
      return new Parser() {
        @Override
        public DestinationSettings parse(Map<String, Object> config) {
          return parser.parse(config);
        }

        @Override
        public Set<String> secretKeys() {
          return Set.of(keys);
        }
      };
    }
  }

  public DestinationTypes(Map<String, Parser> parsers) {
    this.parsers = new TreeMap<>(parsers);
  }

  /** All known types, sorted. */
  public Set<String> names() {
    return new TreeSet<>(parsers.keySet());
  }

  /**
   * The settings of a destination of {@code type}, upper or lower case, with blanks around it
   * ignored.
   */
  public DestinationSettings parse(String type, Map<String, Object> config) {
    return parser(type).parse(config);
  }

  /** The keys of a known type whose values are secrets. */
  public Set<String> secretKeys(String type) {
    return parser(type).secretKeys();
  }

  private Parser parser(String type) {
    Parser parser = parsers.get(type.strip().toLowerCase(Locale.ROOT));
    if (parser == null) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT,
              "configure destination",
              "'" + type + "'",
              "Unknown destination type: " + type)
          .withHint("known types: " + String.join(", ", parsers.keySet()));
    }
    return parser;
  }
}
