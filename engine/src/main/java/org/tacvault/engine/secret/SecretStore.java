package org.tacvault.engine.secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Encrypts secrets that must be kept (AES-256-GCM) and opens them again. Keys come from {@code
 * TACVAULT_SECRET_KEY}, from the file that {@code TACVAULT_SECRET_KEY_FILE} names, from the
 * credential {@code tacvault-secret-key} of systemd, or else from a file in the home (0600) that is
 * made when it is first needed. They are looked up at each use, so that a rotation by another
 * process is seen.
 *
 * <p>Whoever calls a method that may write the key file holds the write lock of the catalog
 * meanwhile: so no two processes make a key, and none seals with one that is being dropped.
 */
public final class SecretStore {
  /** Name of the key file in the data directory of a home. */
  public static final String FILE_NAME = "secret.key";

  private static final String SEAL = "encrypt secret";
  private static final String OPEN = "decrypt secret";

  private final KeySources sources;

  /**
   * @param ownFile where keys lie that nobody gives; need not exist
   * @param environment the variables by name
   */
  public SecretStore(Path ownFile, Map<String, String> environment) {
    this.sources = new KeySources(new KeyFile(ownFile), Map.copyOf(environment));
  }

  /** Whether {@code text} is what {@link #seal} made, or a later version of this program. */
  public static boolean isSealed(String text) {
    return text.startsWith(SealedText.PREFIX);
  }

  /** The id of the key that opens {@code sealed}; empty when a later version made it. */
  public static Optional<String> keyIdOf(String sealed) {
    return SealedText.parse(sealed).map(SealedText::keyId);
  }

  /** Encrypts {@code clear} for {@code place}; makes a key, durably, when there is none. */
  public String seal(String clear, SecretPlace place) {
    SealingKey key = sources.keyring().active().orElseGet(this::firstKey);
    try {
      return SealedText.seal(clear.getBytes(StandardCharsets.UTF_8), key, place).text();
    } catch (GeneralSecurityException e) {
      throw new EngineException(ErrorKind.FAILED, SEAL, place.field(), "the cipher failed")
          .withHint("this Java lacks AES-GCM; use a stock JDK 17 or later")
          .withCause(e);
    }
  }

  /**
   * What was sealed for {@code place}.
   *
   * @throws EngineException WRONG_KEY when its key is not at hand; VERIFICATION_FAILED when it was
   *     changed or belongs elsewhere
   */
  public String open(String sealed, SecretPlace place) {
    SealedText text = SealedText.parse(sealed).orElseThrow(() -> notUnderstood(place));
    SealingKey key =
        sources.keyring().find(text.keyId()).orElseThrow(() -> missing(text.keyId(), place));
    try {
      return new String(text.open(key, place), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED,
              OPEN,
              place.field(),
              "is damaged, or was moved here from another place")
          .withHint("set it again: tacvault destination set")
          .withCause(e);
    }
  }

  /** Whether {@code sealed} need not be sealed anew: the key that encrypts now made it. */
  public boolean isCurrent(String sealed) {
    Optional<String> id = keyIdOf(sealed);
    return id.isPresent() && id.equals(activeKeyId());
  }

  /** Whether the key that made {@code sealed} is at hand. */
  public boolean hasKeyOf(String sealed) {
    return keyIdOf(sealed).flatMap(sources.keyring()::find).isPresent();
  }

  /** The key that encrypts now; empty when there is none yet. */
  public Optional<String> activeKeyId() {
    return sources.keyring().active().map(SealingKey::id);
  }

  /** Whether the key file in the home is where new keys come from. */
  public boolean makesKeys() {
    return sources.keyring().isOurs();
  }

  /** Where the key that encrypts stands: the name of a variable, or a file. */
  public String keyPlace() {
    return sources.place();
  }

  /** A warning for each file of keys that other users of the machine may read. */
  public List<String> exposures() {
    return sources.exposures();
  }

  /** Whether our own file holds keys that wait to be dropped. */
  public boolean hasOldKeys() {
    Keyring keyring = sources.keyring();
    return keyring.isOurs() && keyring.own().size() > 1;
  }

  /** Puts a new key before those of our own file; from now on it encrypts, all still open. */
  public void addKey() {
    List<SealingKey> keys = new ArrayList<>(sources.keyring().own());
    keys.add(0, SealingKey.generate());
    sources.ownFile().write(keys);
  }

  /** Takes {@link #addKey} back; nothing must have been sealed with it. */
  public void removeNewestKey() {
    List<SealingKey> keys = sources.keyring().own();
    sources.ownFile().write(keys.subList(1, keys.size()));
  }

  /** Leaves only the key that encrypts in our own file; nothing must need the others. */
  public void dropOldKeys() {
    sources.ownFile().write(sources.keyring().own().subList(0, 1));
  }

  private SealingKey firstKey() {
    SealingKey key = SealingKey.generate();
    sources.ownFile().write(List.of(key));
    return key;
  }

  private EngineException missing(String keyId, SecretPlace place) {
    return new EngineException(
            ErrorKind.WRONG_KEY,
            OPEN,
            place.field(),
            "is encrypted with key " + keyId + ", which is not here")
        .withHint(
            "put the key back (%s, %s or %s), or set the secret again: tacvault destination set"
                .formatted(
                    sources.ownFile().path(), KeySources.VARIABLE, KeySources.FILE_VARIABLE));
  }

  private static EngineException notUnderstood(SecretPlace place) {
    return new EngineException(
            ErrorKind.VERIFICATION_FAILED, OPEN, place.field(), "is damaged, or of a later version")
        .withHint("set it again: tacvault destination set; or use the newer tacvault");
  }
}
