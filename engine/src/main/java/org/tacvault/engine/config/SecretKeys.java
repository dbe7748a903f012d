package org.tacvault.engine.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.tacvault.engine.secret.Secret;

/**
 * Which keys hold secrets, told from their names, so that keys of later servers are masked too. In
 * doubt a key is secret.
 */
public final class SecretKeys {
  /** Whole keys whose values are texts that secrets are usually part of. */
  private static final Set<String> WHOLE =
      Set.of("headers_json", "template_json", "connection_string", "code_verifier", "dsn");

  /** Private keys that somebody put into the wrong place. */
  private static final Pattern KEY_MATERIAL =
      Pattern.compile("(?i)AGE-SECRET-KEY-|-----BEGIN [A-Z ]*PRIVATE KEY");

  /** Names inside of a value that is JSON; those of URLs are masked one by one. */
  private static final Pattern INNER_NAME = Pattern.compile("[\"']([^\"']{1,64})[\"']\\s*:");

  private static final Set<String> HARMLESS = Set.of("export_secrets");

  private static final Set<String> SECRET_WORDS =
      Set.of(
          "pwd",
          "pass",
          "passcode",
          "token",
          "tokens",
          "credential",
          "credentials",
          "apikey",
          "psk",
          "sas",
          "community",
          "key",
          "keys");

  private static final List<String> SECRET_PARTS =
      List.of("password", "passwd", "passphrase", "secret", "apikey", "privatekey");

  /** A last word that says that the value only describes a secret. */
  private static final Set<String> DESCRIPTIONS =
      Set.of(
          "id",
          "ids",
          "file",
          "path",
          "ttl",
          "timeout",
          "seconds",
          "minutes",
          "hours",
          "days",
          "length",
          "policy",
          "endpoint",
          "url",
          "uri",
          "enabled",
          "required",
          "algorithm",
          "type",
          "count",
          "size",
          "method",
          "expiry",
          "age",
          "name",
          "attribute",
          "field",
          "verify",
          "prompt");

  private SecretKeys() {}

  /** Whether the value of this key must never be shown. */
  public static boolean isSecret(String section, String key) {
    List<String> words = words(key);
    String joined = String.join("_", words);
    if (WHOLE.contains(joined)) {
      return true;
    }
    if (words.isEmpty() || HARMLESS.contains(joined)) {
      return false;
    }
    if (words.contains("public") || DESCRIPTIONS.contains(words.get(words.size() - 1))) {
      return false;
    }
    String name = String.join("", words);
    return words.stream().anyMatch(SECRET_WORDS::contains)
        || SECRET_PARTS.stream().anyMatch(name::contains);
  }

  /**
   * The value as it may be shown: a mask for secrets, and URLs without their credentials. An empty
   * value stays empty, so that one sees that nothing is set.
   */
  public static String masked(String section, String key, String value) {
    if (value.isEmpty() || value.equals("{}")) {
      return value;
    }
    if (isSecret(section, key) || KEY_MATERIAL.matcher(value).find() || holdsSecret(value)) {
      return Secret.MASK;
    }
    boolean webhook = section.equals("webhooks") && key.contains("url");
    return webhook ? MaskedUrls.hideTargets(value) : MaskedUrls.hide(value);
  }

  private static boolean holdsSecret(String value) {
    return INNER_NAME.matcher(value).results().anyMatch(inner -> isSecret("", inner.group(1)));
  }

  private static List<String> words(String key) {
    String separated = key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    return List.of(separated.split("[^\\p{Alnum}]+")).stream()
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
