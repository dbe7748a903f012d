package org.tacvault.engine.encryption;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import org.tacvault.engine.error.EngineException;

/** Opens the age format (age-encryption.org/v1), binary or armoured. */
final class AgeDecryption {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Keys keys;
  private final OpenFailures failures;

  AgeDecryption(Keys keys, OpenFailures failures) {
    this.keys = keys;
    this.failures = failures;
  }

  /** Reads the header now, and the content as it is read. Takes over {@code raw}. */
  InputStream open(InputStream raw) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
    try {
      return new GuardedInputStream(Channels.newInputStream(channel(buffered)), failures);
    } catch (EngineException e) {
      throw e;
    } catch (GeneralSecurityException | RuntimeException e) {
      // The library reads over the end of a cut header with unchecked exceptions.
      throw failures.damaged("its age header is cut or damaged", e);
    } catch (IOException e) {
      if (GuardedInputStream.isDamage(e)) {
        throw failures.damaged("it ends before its content begins, or is damaged there", e);
      }
      throw e;
    }
  }

  private ReadableByteChannel channel(BufferedInputStream in)
      throws IOException, GeneralSecurityException {
    List<RecipientStanzaReader> reader = List.of(new AgeKeys(keys, failures));
    return isArmored(in)
        ? new ArmoredDecryptingChannelFactory()
            .newDecryptingChannel(Channels.newChannel(in), reader)
        : new StandardDecryptingChannelFactory()
            .newDecryptingChannel(Channels.newChannel(in), reader);
  }

  private static boolean isArmored(BufferedInputStream in) throws IOException {
    in.mark(ArchiveKind.PREFIX_BYTES);
    byte[] start = in.readNBytes(ArchiveKind.PREFIX_BYTES);
    in.reset();
    return new String(start, StandardCharsets.ISO_8859_1).equals(ArchiveKind.AGE_ARMOR);
  }
}
