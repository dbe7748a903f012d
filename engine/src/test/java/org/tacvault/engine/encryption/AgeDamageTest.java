package org.tacvault.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class AgeDamageTest {
  private static final Identity IDENTITY = Identity.generate();
  private static final Keys KEYS = new Keys(Optional.of(Samples.PASSPHRASE), List.of(IDENTITY));

  @TempDir Path directory;
  private byte[] small;
  private byte[] large;

  @BeforeEach
  void encrypt() throws IOException {
    Encryption recipients = Encryption.recipients(List.of(IDENTITY.recipient()));
    small = Samples.encrypted(recipients, Samples.content(100));
    large = Samples.encrypted(recipients, Samples.content(3 * Samples.CHUNK));
  }

  @Test
  void aCutAtEveryByteIsFound() throws IOException {
    for (int length = ArchiveKind.PREFIX_BYTES; length < small.length; length++) {
      assertDamaged(Arrays.copyOf(small, length), "cut at " + length);
    }
  }

  @Test
  void aCutAroundEveryChunkIsFound() throws IOException {
    int header = headerLength(large) + 16;
    for (int chunk = 0; chunk < 3; chunk++) {
      int boundary = header + chunk * (Samples.CHUNK + 16);
      for (int offset = -17; offset <= 17; offset++) {
        assertDamaged(Arrays.copyOf(large, boundary + offset), "cut at " + (boundary + offset));
      }
    }
    assertDamaged(Arrays.copyOf(large, large.length - 1), "last byte");
  }

  @Test
  void aFlippedBitAnywhereIsFound() throws IOException {
    byte[] withPassphrase =
        Samples.encrypted(Samples.passphrase(Samples.PASSPHRASE), Samples.content(50));
    for (byte[] whole : List.of(small, withPassphrase)) {
      for (int position = 0; position < whole.length; position++) {
        byte[] flipped = whole.clone();
        flipped[position] ^= (byte) (1 << position % 8);
        assertRefused(flipped, position, position < headerLength(whole));
      }
    }
  }

  @Test
  void aFlippedBitInAnyChunkIsFound() throws IOException {
    IntStream.of(400, 70_000, 140_000, large.length - 1)
        .forEach(
            position -> {
              byte[] flipped = large.clone();
              flipped[position] ^= 1;
              assertDamaged(flipped, "flip at " + position);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, Samples.CHUNK, 200_000})
  void appendedBytesAreFound(int count) {
    assertDamaged(Arrays.copyOf(small, small.length + count), "appended to small");
    assertDamaged(Arrays.copyOf(large, large.length + count), "appended to large");
    byte[] twice = Arrays.copyOf(large, 2 * large.length);
    System.arraycopy(large, 0, twice, large.length, large.length);
    assertDamaged(twice, "the archive twice");
  }

  @Test
  void swappedChunksAreFound() {
    int chunk = Samples.CHUNK + 16;
    int first = headerLength(large) + 16;
    byte[] swapped = large.clone();
    System.arraycopy(large, first, swapped, first + chunk, chunk);
    System.arraycopy(large, first + chunk, swapped, first, chunk);
    assertDamaged(swapped, "swapped");
  }

  @Test
  void afterAFailureEveryReadFails() throws IOException {
    Path file = Files.write(directory.resolve("cut"), Arrays.copyOf(large, large.length - 1));
    try (InputStream in = Decryption.open(file, KEYS)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(EngineException.class);
      for (int again = 0; again < 3; again++) {
        assertThatThrownBy(in::read).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> in.read(new byte[10])).isInstanceOf(EngineException.class);
      }
    }
  }

  @Test
  void aWorkFactorBeyondTheHeapOrTheFormatIsAClearError() throws IOException {
    byte[] whole = Samples.encrypted(Samples.passphrase(Samples.PASSPHRASE), new byte[10]);
    Path file = Files.write(directory.resolve("22"), withWorkFactor(whole, "22"));
    Samples.assertFails(() -> Decryption.open(file, KEYS), ErrorKind.FAILED, "takes 4096 MiB");
    for (String factor : List.of("23", "99", "0", "01", "+5")) {
      Files.write(file, withWorkFactor(whole, factor));
      Samples.assertFails(
          () -> Decryption.open(file, KEYS), ErrorKind.VERIFICATION_FAILED, "passphrase line");
    }
  }

  @Test
  void aHeaderThatMixesPassphraseAndRecipientsIsRefused() throws IOException {
    byte[] whole = Samples.encrypted(Samples.passphrase(Samples.PASSPHRASE), new byte[10]);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    String mixed = text.replace("\n---", "\n-> X25519 abc\n\n---");
    Path file = directory.resolve("mixed");
    Files.write(file, mixed.getBytes(StandardCharsets.ISO_8859_1));
    Samples.assertFails(
        () -> Decryption.open(file, KEYS), ErrorKind.VERIFICATION_FAILED, "mixes a passphrase");
  }

  private static byte[] withWorkFactor(byte[] whole, String factor) {
    return new String(whole, StandardCharsets.ISO_8859_1)
        .replaceFirst(" 10\n", " " + factor + "\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int headerLength(byte[] whole) {
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    return text.indexOf('\n', text.indexOf("\n---") + 1) + 1;
  }

  private void assertDamaged(byte[] archive, String what) {
    EngineException failure = failureOf(archive);
    assertThat(failure.kind()).as(what + ": " + failure).isEqualTo(ErrorKind.VERIFICATION_FAILED);
  }

  /** In the header, a flipped bit may look like another key. */
  private void assertRefused(byte[] archive, int position, boolean inHeader) {
    EngineException failure = failureOf(archive);
    assertThat(failure.kind())
        .as("flip at " + position + ": " + failure)
        .isIn(
            inHeader
                ? List.of(ErrorKind.VERIFICATION_FAILED, ErrorKind.WRONG_KEY)
                : List.of(ErrorKind.VERIFICATION_FAILED));
  }

  private EngineException failureOf(byte[] archive) {
    return Samples.failureOf(
        () -> Samples.decrypted(Files.write(directory.resolve("damaged"), archive), KEYS));
  }
}
