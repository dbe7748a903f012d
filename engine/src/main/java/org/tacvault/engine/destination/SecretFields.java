package org.tacvault.engine.destination;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tacvault.engine.config.SecretKeys;
import org.tacvault.engine.secret.Secret;

/**
 * Which settings of a destination are secrets. A type declares its own; those of a type that nobody
 * declared are told by their names, where in doubt a key is secret.
 */
public final class SecretFields {
  // The types of the Python server, whose rows are there before their providers, and ours to come.
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "local", Set.of(),
          "ftp", Set.of("password"),
          "sftp", Set.of("password", "private_key", "private_key_passphrase"),
          "azure", Set.of("connection_string", "account_key", "sas_token"),
          "s3", Set.of("secret_access_key", "session_token"));

  private static final String ANY_SECTION = "destination";
  private static final String HARMLESS_KEY = "value";

  private final Map<String, Set<String>> declared;

  private SecretFields(Map<String, Set<String>> declared) {
    this.declared = declared;
  }

  /** Those of the types that are known without a provider. */
  public static SecretFields known() {
    return new SecretFields(KNOWN);
  }

  /** These, and what {@code types} declare; one that declares nothing is told by names. */
  public SecretFields with(DestinationTypes types) {
    Map<String, Set<String>> all = new TreeMap<>(declared);
    types.names().stream()
        .filter(type -> !types.secretKeys(type).isEmpty())
        .forEach(type -> all.merge(type, types.secretKeys(type), SecretFields::union));
    return new SecretFields(all);
  }

  /** Whether {@code key} of a destination of {@code type} holds a secret, whatever its value is. */
  public boolean isSecret(String type, String key) {
    Set<String> keys = declared.get(type.strip().toLowerCase(Locale.ROOT));
    return keys == null ? SecretKeys.isSecret(ANY_SECTION, key) : keys.contains(key);
  }

  /**
   * {@link #isSecret(String, String)}, or {@code value} shows that somebody put a secret where none
   * belongs: a private key, a URL with a password, an object with a member of such a name.
   */
  public boolean isSecret(String type, String key, Object value) {
    return isSecret(type, key) || holdsSecret(value);
  }

  private static boolean holdsSecret(Object value) {
    if (value instanceof Secret) {
      return true;
    }
    if (value instanceof Map<?, ?> map) {
      return map.keySet().stream()
              .anyMatch(name -> SecretKeys.isSecret(ANY_SECTION, String.valueOf(name)))
          || holdsSecret(map.values());
    }
    if (value instanceof Collection<?> values) {
      return values.stream().anyMatch(SecretFields::holdsSecret);
    }
    String text = String.valueOf(value);
    return !SecretKeys.masked(ANY_SECTION, HARMLESS_KEY, text).equals(text);
  }

  private static Set<String> union(Set<String> some, Set<String> more) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(more);
    return all;
  }
}
