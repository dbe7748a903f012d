package org.tacvault.engine.encryption;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

/** The age format (age-encryption.org/v1): every archive has its own random file key. */
final class AgeEncryption implements Encryption {
  private static final String OPERATION = "encrypt archive";

  private final String algorithm;
  private final List<RecipientStanzaWriter> writers;

  private AgeEncryption(String algorithm, List<RecipientStanzaWriter> writers) {
    this.algorithm = algorithm;
    this.writers = writers;
  }

  static Encryption toPassphrase(Secret passphrase, int workFactor) {
    if (passphrase.isEmpty()) {
      throw invalid("passphrase", "the passphrase is empty")
          .withHint("set a passphrase, or turn encryption off");
    }
    if (workFactor < ScryptKey.MIN_WORK_FACTOR || workFactor > ScryptKey.MAX_WORK_FACTOR) {
      throw invalid("work factor " + workFactor, "is out of bounds")
          .withHint(
              "choose %d to %d; %d suits most machines"
                  .formatted(
                      ScryptKey.MIN_WORK_FACTOR, ScryptKey.MAX_WORK_FACTOR, DEFAULT_WORK_FACTOR));
    }
    return new AgeEncryption("age-scrypt", List.of(new ScryptStanzaWriter(passphrase, workFactor)));
  }

  static Encryption toRecipients(List<String> recipients) {
    if (recipients.isEmpty()) {
      throw invalid("recipients", "there is no public key")
          .withHint("name at least one age public key (age1…), or turn encryption off");
    }
    return new AgeEncryption(
        "age-X25519", recipients.stream().map(AgeEncryption::recipientWriter).toList());
  }

  @Override
  public EncryptingStream encrypt(OutputStream out) throws IOException {
    return encrypt(out, writers);
  }

  /** What writes the header, one each for every key. */
  List<RecipientStanzaWriter> writers() {
    return writers;
  }

  /** {@link #encrypt(OutputStream)} with a header that {@code header} writes. */
  EncryptingStream encrypt(OutputStream out, List<RecipientStanzaWriter> header)
      throws IOException {
    SinkChannel sink = new SinkChannel(out);
    try {
      WritableByteChannel channel =
          new StandardEncryptingChannelFactory().newEncryptingChannel(sink, header);
      return new AgeOutputStream(channel, sink);
    } catch (GeneralSecurityException e) {
      throw new EngineException(ErrorKind.FAILED, OPERATION, algorithm, "the cipher failed")
          .withHint("this Java lacks ChaCha20-Poly1305 or X25519; use a stock JDK 17 or later")
          .withCause(e);
    }
  }

  @Override
  public String suffix() {
    return ".age";
  }

  @Override
  public Optional<String> algorithm() {
    return Optional.of(algorithm);
  }

  private static RecipientStanzaWriter recipientWriter(String recipient) {
    if (recipient.strip().toUpperCase(Locale.ROOT).startsWith(Identity.PREFIX)) {
      throw invalid("recipients", "a secret identity was given where a public key is wanted")
          .withHint("remove it and make a new key pair; what is wanted is its public key (age1…)");
    }
    try {
      RecipientStanzaWriter writer =
          X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient.strip());
      // A point that no key agreement accepts decodes well: find out now, not in tonight's backup.
      writer.getRecipientStanzas(new FileKey());
      return writer;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw invalid("recipient '" + recipient + "'", "is not an age public key")
          .withHint("a public key is 62 characters and begins with age1; check for a typing error")
          .withCause(e);
    }
  }

  private static EngineException invalid(String subject, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, OPERATION, subject, reason);
  }
}
