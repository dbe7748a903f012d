package org.tacvault.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.exceptionfactory.jagged.framework.armor.ArmoredEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Archives that somebody sent by mail: age's ASCII armour is read, never written. */
class ArmoredAgeTest {
  private static final Identity IDENTITY = Identity.generate();
  private static final Keys KEYS = Keys.of(List.of(IDENTITY));

  @TempDir Path directory;
  private byte[] armored;

  @BeforeEach
  void encrypt() throws Exception {
    armored = armored(Samples.content(200));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Samples.CHUNK, 300_000})
  void opensAtEverySize(int size) throws Exception {
    Path file = Files.write(directory.resolve("mail"), armored(Samples.content(size)));
    assertThat(Samples.decrypted(file, KEYS)).isEqualTo(Samples.content(size));
  }

  @Test
  void opensWithWindowsLineEnds() throws IOException {
    String text = new String(armored, StandardCharsets.US_ASCII).replace("\n", "\r\n");
    Path file = Files.writeString(directory.resolve("mail"), text);
    assertThat(Samples.decrypted(file, KEYS)).isEqualTo(Samples.content(200));
  }

  @Test
  void aCutBeforeTheFooterIsFound() {
    int footer = new String(armored, StandardCharsets.US_ASCII).indexOf("-----END");
    for (int length = ArchiveKind.PREFIX_BYTES; length < footer + 30; length++) {
      assertDamaged(Arrays.copyOf(armored, length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "\nx",
        "\n\u00ff",
        "\n\u00ff and more",
        "\n-----BEGIN AGE ENCRYPTED FILE-----"
      })
  void whatFollowsTheFooterIsFound(String appended) {
    String text = new String(armored, StandardCharsets.US_ASCII) + appended;
    assertDamaged(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void bytesBeyondAsciiAreFound() {
    for (int position = 40; position < armored.length; position += 7) {
      byte[] damaged = armored.clone();
      damaged[position] = (byte) 0xff;
      assertDamaged(damaged);
    }
  }

  private void assertDamaged(byte[] archive) {
    EngineException failure =
        Samples.failureOf(
            () -> Samples.decrypted(Files.write(directory.resolve("damaged"), archive), KEYS));
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
  }

  private static byte[] armored(byte[] content) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (WritableByteChannel channel =
        new ArmoredEncryptingChannelFactory()
            .newEncryptingChannel(
                Channels.newChannel(out),
                List.of(
                    X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(
                        IDENTITY.recipient())))) {
      channel.write(ByteBuffer.wrap(content));
    }
    return out.toByteArray();
  }
}
