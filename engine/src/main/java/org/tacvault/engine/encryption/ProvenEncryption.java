package org.tacvault.engine.encryption;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.IoFailures;

/**
 * Encrypts one archive so that it can be read back, although nobody here may have the key that
 * opens it: it remembers the archive's file key, and forgets it when closed.
 */
public final class ProvenEncryption implements Encryption, AutoCloseable {
  private static final String OPERATION = "read back archive";

  private final AgeEncryption encryption;
  private @Nullable FileKey fileKey;

  private ProvenEncryption(AgeEncryption encryption) {
    this.encryption = encryption;
  }

  /**
   * @param encryption with a passphrase or to public keys
   */
  public static ProvenEncryption of(Encryption encryption) {
    if (encryption instanceof AgeEncryption age) {
      return new ProvenEncryption(age);
    }
    throw new IllegalArgumentException("not an encryption: " + encryption);
  }

  @Override
  public EncryptingStream encrypt(OutputStream out) throws IOException {
    List<RecipientStanzaWriter> writers = new ArrayList<>(encryption.writers());
    writers.add(this::remember);
    return encryption.encrypt(out, writers);
  }

  /**
   * The content of {@code file}, which {@link #encrypt} made last. That the header opens with its
   * recipients' keys is not proven by it; nothing less than their keys could.
   *
   * @throws org.tacvault.engine.error.EngineException VERIFICATION_FAILED, here or at a read, when
   *     the file is damaged
   */
  public InputStream readBack(Path file) {
    OpenFailures failures = new OpenFailures(file);
    RecipientStanzaReader reader = header -> new FileKey(key().getEncoded());
    try {
      InputStream raw = Files.newInputStream(file);
      return new GuardedInputStream(
          Channels.newInputStream(
              new StandardDecryptingChannelFactory()
                  .newDecryptingChannel(Channels.newChannel(raw), List.of(reader))),
          failures);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw failures.damaged("its age header is cut or damaged", e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, file, e);
    }
  }

  @Override
  public String suffix() {
    return encryption.suffix();
  }

  @Override
  public Optional<String> algorithm() {
    return encryption.algorithm();
  }

  @Override
  public void close() {
    if (fileKey != null) {
      fileKey.destroy();
    }
  }

  private Iterable<RecipientStanza> remember(FileKey key) {
    close();
    fileKey = new FileKey(key.getEncoded());
    return List.of();
  }

  private FileKey key() {
    FileKey key = fileKey;
    if (key == null) {
      throw new IllegalStateException("nothing was encrypted");
    }
    return key;
  }
}
