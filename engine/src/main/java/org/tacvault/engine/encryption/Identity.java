package org.tacvault.engine.encryption;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.bech32.Bech32Address;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

/** An age X25519 private key, {@code AGE-SECRET-KEY-1…}; its text form shows the public key. */
public final class Identity {
  /** Begins every identity. */
  static final String PREFIX = "AGE-SECRET-KEY-1";

  private static final String PRIVATE_PART = "AGE-SECRET-KEY-";
  private static final String PUBLIC_PART = "age";

  private final Secret encoded;
  private final String recipient;

  private Identity(Secret encoded, String recipient) {
    this.encoded = encoded;
    this.recipient = recipient;
  }

  /** A new key from the operating system's randomness. */
  public static Identity generate() {
    return of(new X25519PrivateKeyParameters(new SecureRandom()));
  }

  /**
   * Reads the Bech32 form (BIP 173), in capitals as age-keygen writes it.
   *
   * @throws EngineException INVALID_INPUT, never with the text itself
   */
  public static Identity parse(Secret text) {
    CharBuffer characters = CharBuffer.wrap(text.reveal());
    try {
      Bech32Address address = Bech32.getDecoder().decode(characters);
      byte[] key = address.getData();
      if (!PRIVATE_PART.contentEquals(address.getHumanReadablePart())
          || key.length != X25519PrivateKeyParameters.KEY_SIZE) {
        throw notAnIdentity();
      }
      return of(new X25519PrivateKeyParameters(key));
    } catch (IllegalArgumentException e) {
      // Without its cause: the decoder's message quotes the key.
      throw notAnIdentity();
    }
  }

  /** The public key, {@code age1…}: archives are encrypted to it. */
  public String recipient() {
    return recipient;
  }

  /** The private key, {@code AGE-SECRET-KEY-1…}. */
  public Secret encoded() {
    return encoded;
  }

  RecipientStanzaReader reader() throws GeneralSecurityException {
    return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
        CharBuffer.wrap(encoded.reveal()));
  }

  @Override
  public String toString() {
    return "identity of " + recipient;
  }

  private static Identity of(X25519PrivateKeyParameters key) {
    CharSequence text = Bech32.getEncoder().encode(PRIVATE_PART, key.getEncoded());
    CharSequence recipient =
        Bech32.getEncoder().encode(PUBLIC_PART, key.generatePublicKey().getEncoded());
    return new Identity(Secret.of(text.toString().toUpperCase(Locale.ROOT)), recipient.toString());
  }

  private static EngineException notAnIdentity() {
    return new EngineException(
            ErrorKind.INVALID_INPUT, "read identity", "age identity", "is not a valid identity")
        .withHint(
            "an identity is 74 characters and begins with "
                + PREFIX
                + "; copy the whole line from the file that age-keygen wrote");
  }
}
