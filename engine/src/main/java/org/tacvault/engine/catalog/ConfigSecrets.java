package org.tacvault.engine.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.SecretFields;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.secret.SecretPlace;
import org.tacvault.engine.secret.SecretReference;
import org.tacvault.engine.secret.SecretStore;

/**
 * The secrets in configurations of destinations: encrypted as they are stored, masked as they are
 * shown. What is encrypted is the value's JSON, so that a number comes back as one.
 */
record ConfigSecrets(SecretStore store, SecretFields fields) {
  /**
   * {@code config} as it is stored: secrets encrypted, references as they are, and a mask replaced
   * by what is stored already. A {@link Secret} is taken literally, a text that looks like a
   * reference is one.
   *
   * @param stored the configuration that this one replaces
   */
  Map<String, Object> sealed(
      String id, String type, Map<String, Object> config, Map<String, Object> stored) {
    Map<String, Object> sealed = new LinkedHashMap<>();
    config.forEach((key, value) -> sealed.put(key, sealed(id, type, key, value, stored)));
    return sealed;
  }

  /** {@code row}'s configuration with what stands in clear in it encrypted. */
  Map<String, Object> sealedAsItStands(DestinationRecord row) {
    return sealed(row.id(), row.type(), row.config(), row.config());
  }

  /** The same secrets under the key that encrypts now. */
  Map<String, Object> resealed(DestinationRecord row) {
    Map<String, Object> resealed = new LinkedHashMap<>(row.config());
    row.config()
        .forEach(
            (key, value) -> {
              if (isSealed(value)) {
                SecretPlace place = new SecretPlace(row.id(), key);
                resealed.put(key, store.seal(opened(row, key, (String) value), place));
              }
            });
    return resealed;
  }

  /**
   * {@code row}'s configuration with its secrets in clear; references stay.
   *
   * @throws EngineException WRONG_KEY or VERIFICATION_FAILED naming the destination and the key of
   *     its configuration
   */
  Map<String, Object> opened(DestinationRecord row) {
    Map<String, Object> opened = new LinkedHashMap<>();
    row.config()
        .forEach(
            (key, value) ->
                opened.put(
                    key,
                    isSealed(value) ? CatalogJson.value(opened(row, key, (String) value)) : value));
    return opened;
  }

  /**
   * {@code config} with what a mask in it stands for, in clear, when it is to replace that of
   * {@code old}; only the secrets that are kept are opened.
   */
  Map<String, Object> unmasked(DestinationRecord old, Map<String, Object> config) {
    Map<String, Object> unmasked = new LinkedHashMap<>(config);
    unmasked.replaceAll(
        (key, value) -> {
          Object stored = old.config().get(key);
          Object meant = Secret.MASK.equals(value) ? kept(key, stored) : value;
          return isSealed(meant)
              ? CatalogJson.value(opened(old, key, (String) sameAs(stored, key, meant)))
              : meant;
        });
    return unmasked;
  }

  /** {@code INVALID_INPUT} when a mask stands in {@code config}, which replaces nothing. */
  void requireNoMask(Map<String, Object> config) {
    config.forEach(
        (key, value) -> {
          if (Secret.MASK.equals(value)) {
            kept(key, null);
          }
        });
  }

  /** {@code row}'s configuration as it may be shown; needs no key. */
  Map<String, Object> masked(DestinationRecord row) {
    Map<String, Object> shown = new LinkedHashMap<>();
    row.config().forEach((key, value) -> shown.put(key, masked(row.type(), key, value)));
    return shown;
  }

  /** Whether a secret of {@code row} stands in clear, as only the Python server stores it. */
  boolean hasClear(DestinationRecord row) {
    return row.config().entrySet().stream()
        .anyMatch(entry -> isClear(row.type(), entry.getKey(), entry.getValue()));
  }

  /** Whether some secret of {@code row} was encrypted with another key than the present one. */
  boolean isOutdated(DestinationRecord row) {
    return row.config().values().stream()
        .anyMatch(value -> isSealed(value) && !store.isCurrent((String) value));
  }

  /** Whether all keys of {@code row} are at hand. */
  boolean canOpen(DestinationRecord row) {
    return row.config().values().stream()
        .allMatch(value -> !isSealed(value) || store.hasKeyOf((String) value));
  }

  /** Whether {@code value} is a secret that is stored elsewhere, and so a name and no secret. */
  boolean isReference(String type, String key, @Nullable Object value) {
    return fields.isSecret(type, key)
        && value instanceof String text
        && SecretReference.isReference(text);
  }

  static boolean isSealed(@Nullable Object value) {
    return value instanceof String text && SecretStore.isSealed(text);
  }

  private @Nullable Object sealed(
      String id,
      String type,
      String key,
      @Nullable Object value,
      Map<String, Object> storedConfig) {
    Object stored = storedConfig.get(key);
    if (Secret.MASK.equals(value) && !Secret.MASK.equals(stored)) {
      return sealed(id, type, key, kept(key, stored), storedConfig);
    }
    if (isSealed(value)) {
      return sameAs(stored, key, value);
    }
    if (isReference(type, key, value)) {
      return new SecretReference((String) value).text();
    }
    return isClear(type, key, value)
        ? store.seal(CatalogJson.write(clear(value)), new SecretPlace(id, key))
        : value;
  }

  private boolean isClear(String type, String key, @Nullable Object value) {
    return value != null
        && !value.equals("")
        && !value.equals(Secret.MASK)
        && !isSealed(value)
        && !isReference(type, key, value)
        && fields.isSecret(type, key, value);
  }

  private @Nullable Object masked(String type, String key, @Nullable Object value) {
    return isSealed(value) || isClear(type, key, value) ? Secret.MASK : value;
  }

  private String opened(DestinationRecord row, String key, String sealed) {
    try {
      return store.open(sealed, new SecretPlace(row.id(), key));
    } catch (EngineException e) {
      EngineException named =
          new EngineException(
                  e.kind(), "open destination", "'" + row.name() + "'", key + " " + e.reason())
              .withCause(e);
      throw e.hint().map(named::withHint).orElse(named);
    }
  }

  private static Object kept(String key, @Nullable Object stored) {
    if (stored == null) {
      throw refused(key, "a mask stands there, but no value is stored that it could stand for")
          .withHint("give the value itself");
    }
    return stored;
  }

  // What was encrypted for one destination must not be handed to another.
  private static Object sameAs(@Nullable Object stored, String key, Object value) {
    if (!value.equals(stored)) {
      throw refused(key, "an encrypted value cannot be set").withHint("give the value itself");
    }
    return value;
  }

  private static Object clear(Object value) {
    return value instanceof Secret secret ? new String(secret.reveal()) : value;
  }

  private static EngineException refused(String key, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, "configure destination", key, reason);
  }
}
