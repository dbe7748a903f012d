package org.tacvault.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

class EncryptingStreamTest {
  private static final Identity IDENTITY = Identity.generate();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Samples.CHUNK - 1, Samples.CHUNK, Samples.CHUNK + 1, 500_000})
  void closedWithoutFinishItIsNoArchive(int size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EncryptingStream stream = encryption().encrypt(out)) {
      stream.write(Samples.content(size));
      stream.flush();
    }
    Path file = Files.write(directory.resolve("unfinished"), out.toByteArray());
    Samples.assertFails(
        () -> Samples.decrypted(file, Keys.of(List.of(IDENTITY))),
        ErrorKind.VERIFICATION_FAILED,
        "");
  }

  @Test
  void finishesOnceAndTakesNothingAfterwards() throws IOException {
    for (Encryption encryption : List.of(encryption(), Encryption.none())) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      EncryptingStream stream = encryption.encrypt(out);
      stream.write(1);
      stream.finish();
      int size = out.size();
      stream.finish();
      assertThatThrownBy(() -> stream.write(2)).isInstanceOf(IOException.class);
      stream.close();
      assertThat(out.size()).isEqualTo(size);
    }
  }

  @Test
  void cannotFinishAfterCloseOrAFailedWrite() throws IOException {
    EncryptingStream closed = encryption().encrypt(new ByteArrayOutputStream());
    closed.close();
    assertThatThrownBy(closed::finish).isInstanceOf(IOException.class);

    FullDisk disk = new FullDisk();
    EncryptingStream stream = encryption().encrypt(disk);
    byte[] content = Samples.content(2 * Samples.CHUNK);
    assertThatThrownBy(() -> stream.write(content)).hasMessage("No space left on device");
    disk.full = false;
    assertThatThrownBy(() -> stream.write(1)).isInstanceOf(IOException.class);
    assertThatThrownBy(stream::finish).hasMessageContaining("not whole");
  }

  @Test
  void plainArchivesPassUnchanged() throws IOException {
    byte[] content = Samples.content(1000);
    assertThat(Samples.encrypted(Encryption.none(), content)).isEqualTo(content);
  }

  @Test
  void closesTheStreamBelowOnlyWhenClosed() throws IOException {
    boolean[] closed = new boolean[1];
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    EncryptingStream stream = encryption().encrypt(out);
    stream.finish();
    assertThat(closed[0]).isFalse();
    stream.close();
    assertThat(closed[0]).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "age1",
        "not a key",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
        "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
      })
  void namesARecipientThatIsNoPublicKey(String recipient) {
    List<String> recipients = List.of(IDENTITY.recipient(), recipient);
    Samples.assertFails(
        () -> Encryption.recipients(recipients), ErrorKind.INVALID_INPUT, "not an age public key");
    assertThat(Samples.failureOf(() -> Encryption.recipients(recipients)).subject())
        .contains("'" + recipient + "'");
  }

  @Test
  void aTypingErrorInARecipientIsFound() {
    String recipient = IDENTITY.recipient();
    char last = recipient.charAt(61) == 'q' ? 'p' : 'q';
    List<String> recipients = List.of(recipient.substring(0, 61) + last);
    Samples.assertFails(
        () -> Encryption.recipients(recipients), ErrorKind.INVALID_INPUT, "not an age public key");
  }

  @Test
  void aSecretAmongTheRecipientsIsRefusedAndNotShown() {
    String secret = new String(IDENTITY.encoded().reveal());
    assertThat(Samples.failureOf(() -> Encryption.recipients(List.of(secret))))
        .hasMessageNotContaining(secret.substring(20))
        .hasNoCause();
  }

  @Test
  void refusesNoRecipientsEmptyPassphrasesAndOddWorkFactors() {
    Samples.assertFails(
        () -> Encryption.recipients(List.of()), ErrorKind.INVALID_INPUT, "no public key");
    Samples.assertFails(
        () -> Encryption.passphrase(Secret.of(""), 16), ErrorKind.INVALID_INPUT, "empty");
    for (int factor : new int[] {-1, 0, 9, 23, 64}) {
      Samples.assertFails(
          () -> Encryption.passphrase(Samples.PASSPHRASE, factor),
          ErrorKind.INVALID_INPUT,
          "out of bounds");
    }
  }

  private static Encryption encryption() {
    return Encryption.recipients(List.of(IDENTITY.recipient()));
  }

  private static final class FullDisk extends OutputStream {
    private boolean full = true;
    private int written;

    @Override
    public void write(int single) throws IOException {
      if (full && ++written > 1000) {
        throw new IOException("No space left on device");
      }
    }
  }
}
