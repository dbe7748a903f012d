package org.tacvault.engine.encryption;

import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The passphrase line of an age header: {@code -> scrypt SALT WORK_FACTOR} and the wrapped file
 * key.
 */
record ScryptStanza(byte[] salt, int workFactor, byte[] wrappedKey) implements RecipientStanza {
  static final String TYPE = "scrypt";

  private static final int WRAPPED_KEY_BYTES = 32;
  private static final Pattern WORK_FACTOR = Pattern.compile("[1-9][0-9]?");

  /**
   * @throws IllegalArgumentException if {@code stanza} is not as the format wants it
   */
  static ScryptStanza parse(RecipientStanza stanza) {
    List<String> arguments = stanza.getArguments();
    require(arguments.size() == 2, "it has not two arguments");
    require(WORK_FACTOR.matcher(arguments.get(1)).matches(), "its work factor is no number");
    int workFactor = Integer.parseInt(arguments.get(1));
    require(workFactor <= ScryptKey.MAX_WORK_FACTOR, "its work factor is too high: " + workFactor);
    byte[] encodedSalt = arguments.get(0).getBytes(StandardCharsets.US_ASCII);
    byte[] salt = CanonicalBase64.getDecoder().decode(encodedSalt);
    require(salt.length == ScryptKey.SALT_BYTES, "its salt has not 16 bytes");
    require(stanza.getBody().length == WRAPPED_KEY_BYTES, "its key has not 32 bytes");
    return new ScryptStanza(salt, workFactor, stanza.getBody());
  }

  @Override
  public String getType() {
    return TYPE;
  }

  @Override
  public List<String> getArguments() {
    return List.of(CanonicalBase64.getEncoder().encodeToString(salt), Integer.toString(workFactor));
  }

  @Override
  public byte[] getBody() {
    return wrappedKey;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
