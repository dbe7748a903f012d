package org.tacvault.engine.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tacvault.engine.secret.Secret;

/** Masks the secrets of a configuration wherever they stand in a text. */
public final class Redaction {
  /** Values of keys that are called like secrets, but say nothing. */
  private static final Set<String> PLAIN = Set.of("true", "false", "none", "null");

  // A shorter one hides only where it stands alone: "on" is part of many words.
  private static final int UNMISTAKABLE = 4;

  private static final Pattern KEY_MATERIAL = Pattern.compile("(?i)AGE-SECRET-KEY-\\S+");

  private final List<String> secrets;

  private Redaction(Stream<String> values) {
    secrets =
        values
            .flatMap(value -> Stream.concat(Stream.of(value), value.lines()))
            .map(String::strip)
            .filter(value -> !value.isEmpty() && !PLAIN.contains(value.toLowerCase(Locale.ROOT)))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** Of the values of {@code config} and of {@code environment} that must not be shown. */
  public static Redaction of(TacacsConfig config, Environment environment) {
    return new Redaction(
        Stream.concat(
            config.values().stream()
                .filter(value -> SecretKeys.isSecret(value.section(), value.key()))
                .map(ConfigValue::value),
            environment.secrets().values().stream()));
  }

  /** {@code text} with a mask for each secret, and for what looks like one in URLs. */
  public String apply(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown =
          secret.length() < UNMISTAKABLE
              ? alone(secret).matcher(shown).replaceAll(Secret.MASK)
              : shown.replace(secret, Secret.MASK);
    }
    return MaskedUrls.hide(KEY_MATERIAL.matcher(shown).replaceAll(Secret.MASK));
  }

  /** Characters of the longest secret: so much of a text that was cut may be a rest of one. */
  public int longest() {
    return secrets.isEmpty() ? 0 : secrets.get(0).length();
  }

  private static Pattern alone(String secret) {
    return Pattern.compile("(?<![\\p{Alnum}])" + Pattern.quote(secret) + "(?![\\p{Alnum}])");
  }
}
