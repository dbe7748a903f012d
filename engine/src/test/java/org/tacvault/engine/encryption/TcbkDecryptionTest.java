package org.tacvault.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.secret.Secret;

class TcbkDecryptionTest {
  private static final Keys KEYS = Keys.of(Samples.PASSPHRASE);

  /**
   * What the Python server makes of "hello tacacs", given salt 00..0f, vector 10..1f and time
   * 1700000000.
   */
  private static final String TOKEN =
      "gAAAAABlU_EAEBESExQVFhcYGRobHB0eH-WuCd7JLbwFMvR4CWFr2LCOB7eQTZKcrdBnYEFVSHpRl4nq5SGyccAWMFB1"
          + "WQbOKQ==";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "correct horse battery staple,"
        + " 49d49c25f597846209f0d92e7770ab64e1c75e94b4ce6c509265ee67175d2a1e",
    "pässwörd, b6b9a7d7879a26a7ad99c592249c145952ca50ec9fefae618844337989ef6a53"
  })
  void derivesTheKeysOfThePythonServer(String passphrase, String key)
      throws GeneralSecurityException {
    FernetKeys keys = FernetKeys.derive(Secret.of(passphrase), TcbkWriter.SALT);
    HexFormat hex = HexFormat.of();
    assertThat(
            hex.formatHex(keys.signing().getEncoded())
                + hex.formatHex(keys.encryption().getEncoded()))
        .isEqualTo(key);
  }

  @Test
  void opensWhatThePythonServerWrote() throws IOException {
    byte[] whole = vector();
    assertThat(Sha256.hex(whole))
        .isEqualTo("c069fac56efdc2f0a35afe4e6b9c131b5a774b4a14010026adbe69364f25ebe9");
    assertThat(new String(Samples.decrypted(file(whole), KEYS), StandardCharsets.UTF_8))
        .isEqualTo("hello tacacs\n");
  }

  @Test
  void theWriterOfTheseTestsWritesLikeThePythonServer() throws IOException {
    assertThat(archive("hello tacacs\n".getBytes(StandardCharsets.UTF_8))).isEqualTo(vector());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 15, 16, 17, 31, 32, 33, 49_000, 49_095, 49_111, 49_152, 65_487, 65_488, 65_503,
        65_504, 65_519, 65_535, 65_536, 65_537, 98_304, 131_071, 131_072, 131_073, 3_000_000
      })
  void opensEverySize(int size) throws IOException {
    assertThat(Samples.decrypted(file(archive(Samples.content(size))), KEYS))
        .isEqualTo(Samples.content(size));
  }

  @Test
  void tellsAWrongPassphraseFromDamage() throws IOException {
    byte[] archive = archive(gzip(Samples.content(1000)));
    Samples.assertFails(
        () -> Decryption.open(file(archive), Keys.of(Secret.of("wrong"))),
        ErrorKind.WRONG_KEY,
        "does not open");
    Samples.assertFails(
        () -> Decryption.open(file(archive), Keys.none()), ErrorKind.WRONG_KEY, "no passphrase");
    byte[] flipped = archive.clone();
    flipped[500] = (byte) (flipped[500] == 'A' ? 'B' : 'A');
    Samples.assertFails(
        () -> Decryption.open(file(flipped), KEYS), ErrorKind.VERIFICATION_FAILED, "damaged");
  }

  @Test
  void releasesNothingOfADamagedArchive() throws IOException {
    byte[] archive = archive(gzip(Samples.content(300_000)));
    for (int position : List.of(5000, 100_000, archive.length - 2, archive.length - 60)) {
      byte[] damaged = archive.clone();
      damaged[position] = (byte) (damaged[position] == 'A' ? 'B' : 'A');
      // Opening fails already: there is no stream to read from.
      Samples.assertFails(
          () -> Decryption.open(file(damaged), KEYS), ErrorKind.VERIFICATION_FAILED, "");
    }
  }

  @Test
  void aCutAtEveryByteIsFound() throws IOException {
    byte[] archive = archive(gzip(Samples.content(100)));
    for (int length = 4; length < archive.length; length++) {
      byte[] cut = Arrays.copyOf(archive, length);
      Samples.assertFails(
          () -> Decryption.open(file(cut), KEYS), ErrorKind.VERIFICATION_FAILED, "");
    }
  }

  @Test
  void aFlippedBitAnywhereIsFound() throws IOException {
    byte[] archive = archive(gzip(Samples.content(20)));
    int endOfFirstBlock = 21 + (25 + 16 + 2) / 3 * 4;
    for (int position = 0; position < archive.length; position++) {
      byte[] flipped = archive.clone();
      flipped[position] ^= (byte) (1 << position % 7);
      EngineException failure = Samples.failureOf(() -> Decryption.open(file(flipped), KEYS));
      // Salt, vector and first block decide whether the passphrase seems right.
      assertThat(failure.kind())
          .as("flip at " + position + ": " + failure)
          .isIn(
              position < endOfFirstBlock
                  ? List.of(ErrorKind.WRONG_KEY, ErrorKind.VERIFICATION_FAILED)
                  : List.of(ErrorKind.VERIFICATION_FAILED));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "A", "AAAA", "====", "AAAAAAAA", "\0\0\0\0"})
  void appendedBytesAreFound(String appended) throws IOException {
    for (int size : List.of(100, 116, 132, 200_000)) {
      byte[] archive = archive(gzip(Samples.content(size)));
      byte[] longer = Arrays.copyOf(archive, archive.length + appended.length());
      System.arraycopy(
          appended.getBytes(StandardCharsets.US_ASCII),
          0,
          longer,
          archive.length,
          appended.length());
      Samples.assertFails(
          () -> Decryption.open(file(longer), KEYS), ErrorKind.VERIFICATION_FAILED, "");
    }
  }

  @Test
  void strayBitsBeforeThePaddingAreFound() throws IOException {
    byte[] archive = vector();
    assertThat(archive[archive.length - 3]).isEqualTo((byte) 'Q');
    archive[archive.length - 3] = 'R';
    Samples.assertFails(
        () -> Decryption.open(file(archive), KEYS), ErrorKind.VERIFICATION_FAILED, "improperly");
  }

  @Test
  void aLengthThatNoTextHasIsFoundWithoutAnyKey() throws IOException {
    byte[] archive = archive(gzip(Samples.content(1000)));
    for (int less : new int[] {1, 2, 3, 1400}) {
      Path cut = file(Arrays.copyOf(archive, archive.length - less));
      Samples.assertFails(
          () -> Decryption.open(cut, Keys.none()), ErrorKind.VERIFICATION_FAILED, "cut short");
    }
  }

  @Test
  void anUnknownVersionIsNamed() throws IOException {
    byte[] archive = vector();
    archive[4] = 2;
    Samples.assertFails(
        () -> Decryption.open(file(archive), KEYS), ErrorKind.VERIFICATION_FAILED, "version is 2");
  }

  @Test
  void whatChangesBetweenItsTwoReadingsIsFound() throws IOException {
    byte[] archive = archive(gzip(Samples.content(2_000_000)));
    Path file = file(archive);
    try (InputStream in = Decryption.open(file, KEYS)) {
      byte[] changed = archive.clone();
      changed[archive.length - 200] = (byte) (changed[archive.length - 200] == 'A' ? 'B' : 'A');
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(changed));
      }
      Samples.assertFails(in::readAllBytes, ErrorKind.VERIFICATION_FAILED, "damaged");
      Samples.assertFails(in::read, ErrorKind.VERIFICATION_FAILED, "damaged");
    }
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("backup.tar.gz.enc"), content);
  }

  private static byte[] archive(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TcbkWriter.write(out, Samples.PASSPHRASE, plain -> plain.write(content));
    return out.toByteArray();
  }

  private static byte[] vector() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write("TCBK\1".getBytes(StandardCharsets.US_ASCII));
    out.write(TcbkWriter.SALT);
    out.write(TOKEN.getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
