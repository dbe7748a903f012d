package org.tacvault.engine.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.CipherInputStream;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

/**
 * Opens the Python server's encrypted archives ({@code .enc}); they are never written. Layout:
 * "TCBK", version 01, 16 bytes of salt, then a Fernet token as base64url text. The signature is the
 * last thing in the file, so the file is read twice: once to check it, and once to decrypt.
 */
final class TcbkDecryption {
  private static final int SALT_OFFSET = 5;
  private static final int HEADER_BYTES = SALT_OFFSET + 16;
  private static final int VERSION = 1;
  private static final byte[] GZIP_START = {0x1f, (byte) 0x8b, 8};

  private final Keys keys;
  private final OpenFailures failures;

  TcbkDecryption(Keys keys, OpenFailures failures) {
    this.keys = keys;
    this.failures = failures;
  }

  /** The authenticated content, gzip. */
  InputStream open(Path file) throws IOException {
    // One open file for both passes: a rename over its name in between changes nothing.
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return open(channel);
    } catch (MalformedArchiveException e) {
      channel.close();
      throw failures.damaged(String.valueOf(e.getMessage()), e);
    } catch (GeneralSecurityException e) {
      channel.close();
      throw new EngineException(
              ErrorKind.FAILED, OpenFailures.OPERATION, failures.file(), "the cipher failed")
          .withHint("this Java lacks AES or PBKDF2WithHmacSHA256; use a stock JDK 17 or later")
          .withCause(e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private InputStream open(FileChannel channel) throws IOException, GeneralSecurityException {
    byte[] salt = salt(channel);
    FernetKeys fernet = FernetKeys.derive(passphrase(), salt);
    authenticate(fernet, token(text(channel), fernet));
    FernetToken token = token(text(channel), fernet);
    return new GuardedInputStream(
        new CipherInputStream(token, fernet.cipher("PKCS5Padding", token.initializationVector())),
        failures);
  }

  private Secret passphrase() {
    return keys.passphrase().orElseThrow(failures::noPassphrase);
  }

  private byte[] salt(FileChannel channel) throws IOException {
    byte[] header = Channels.newInputStream(channel).readNBytes(HEADER_BYTES);
    long characters = channel.size() - HEADER_BYTES;
    if (characters < FernetToken.minimumCharacters() || characters % 4 != 0) {
      throw failures.damaged("it is cut short, or something was added to it");
    }
    if (header[SALT_OFFSET - 1] != VERSION) {
      throw failures.damaged("its TCBK version is " + (header[SALT_OFFSET - 1] & 0xff) + ", not 1");
    }
    return Arrays.copyOfRange(header, SALT_OFFSET, HEADER_BYTES);
  }

  private static InputStream text(FileChannel channel) throws IOException {
    channel.position(HEADER_BYTES);
    return Channels.newInputStream(channel);
  }

  private static FernetToken token(InputStream text, FernetKeys fernet)
      throws IOException, GeneralSecurityException {
    return new FernetToken(new Base64UrlInputStream(text), fernet.mac());
  }

  private void authenticate(FernetKeys fernet, FernetToken token)
      throws IOException, GeneralSecurityException {
    if (token.isAuthentic()) {
      return;
    }
    throw beginsAsGzip(fernet, token)
        ? failures.damaged("it is cut short, or its content is damaged")
        : failures.wrongPassphrase();
  }

  /** The signature fits neither a wrong key nor damaged content; a readable start tells which. */
  private static boolean beginsAsGzip(FernetKeys fernet, FernetToken token)
      throws GeneralSecurityException {
    byte[] start =
        fernet.cipher("NoPadding", token.initializationVector()).doFinal(token.firstBlock());
    return Arrays.equals(start, 0, GZIP_START.length, GZIP_START, 0, GZIP_START.length);
  }
}
