package org.tacvault.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

class AgeRoundTripTest {
  private static final Identity OURS = Identity.generate();
  private static final Identity THEIRS = Identity.generate();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 100, Samples.CHUNK - 1, Samples.CHUNK, Samples.CHUNK + 1, 131_072, 5_000_000})
  void opensWhatItWroteAtEverySize(int size) throws IOException {
    byte[] content = Samples.content(size);
    assertThat(Samples.decrypted(file(toPassphrase(), content), Keys.of(Samples.PASSPHRASE)))
        .isEqualTo(content);
    assertThat(Samples.decrypted(file(toOurs(), content), Keys.of(List.of(OURS))))
        .isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Samples.CHUNK, 200_000})
  void readsAndWritesByteByByteToo(int size) throws IOException {
    byte[] content = Samples.content(size);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EncryptingStream stream = toOurs().encrypt(out);
    for (byte single : content) {
      stream.write(single);
    }
    stream.finish();
    Path file = Files.write(directory.resolve("archive"), out.toByteArray());
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (InputStream in = Decryption.open(file, Keys.of(List.of(OURS)))) {
      for (int single = in.read(); single >= 0; single = in.read()) {
        copy.write(single);
      }
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(copy.toByteArray()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "pässwörd", "密码 🔐", " blanks ", "a\nb"})
  void takesAnyPassphraseAsItIs(String text) throws IOException {
    Path file = file(Samples.passphrase(Secret.of(text)), Samples.content(10));
    assertThat(Samples.decrypted(file, Keys.of(Secret.of(text)))).isEqualTo(Samples.content(10));
    Samples.assertFails(
        () -> Decryption.open(file, Keys.of(Secret.of(text + " "))),
        ErrorKind.WRONG_KEY,
        "passphrase does not open");
  }

  @Test
  void opensWithAnyOfSeveralIdentitiesForAnyOfSeveralRecipients() throws IOException {
    Encryption both = Encryption.recipients(List.of(THEIRS.recipient(), OURS.recipient()));
    Path file = file(both, Samples.content(1000));
    List<List<Identity>> offers =
        List.of(
            List.of(OURS),
            List.of(THEIRS),
            List.of(Identity.generate(), OURS),
            List.of(OURS, Identity.generate()));
    for (List<Identity> offer : offers) {
      assertThat(Samples.decrypted(file, Keys.of(offer))).isEqualTo(Samples.content(1000));
    }
  }

  @Test
  void neverEncryptsTwiceAlike() throws IOException {
    assertThat(Samples.encrypted(toOurs(), new byte[10]))
        .isNotEqualTo(Samples.encrypted(toOurs(), new byte[10]));
    assertThat(Samples.encrypted(toPassphrase(), new byte[10]))
        .isNotEqualTo(Samples.encrypted(toPassphrase(), new byte[10]));
  }

  @Test
  void saysWhichKeyIsMissing() throws IOException {
    Path withPassphrase = file(toPassphrase(), new byte[10]);
    Samples.assertFails(
        () -> Decryption.open(withPassphrase, Keys.of(List.of(OURS))),
        ErrorKind.WRONG_KEY,
        "archive is encrypted but no passphrase was given");
    assertThat(Samples.failureOf(() -> Decryption.open(withPassphrase, Keys.none())).hint())
        .hasValueSatisfying(
            hint ->
                assertThat(hint)
                    .contains("BACKUP_ENCRYPTION_PASSPHRASE", "--passphrase-file", "--identity"));
    Path toOurs = file(toOurs(), new byte[10]);
    Samples.assertFails(
        () -> Decryption.open(toOurs, Keys.of(Samples.PASSPHRASE)),
        ErrorKind.WRONG_KEY,
        "no identity was given");
    Samples.assertFails(
        () -> Decryption.open(toOurs, Keys.of(List.of(THEIRS))),
        ErrorKind.WRONG_KEY,
        "none of the given identities");
  }

  @Test
  void namesSuffixAndAlgorithm() {
    assertThat(Encryption.none().suffix()).isEmpty();
    assertThat(Encryption.none().algorithm()).isEmpty();
    assertThat(toOurs().suffix()).isEqualTo(".age");
    assertThat(toOurs().algorithm()).isEqualTo(Optional.of("age-X25519"));
    assertThat(toPassphrase().algorithm()).isEqualTo(Optional.of("age-scrypt"));
  }

  private static Encryption toPassphrase() {
    return Samples.passphrase(Samples.PASSPHRASE);
  }

  private static Encryption toOurs() {
    return Encryption.recipients(List.of(OURS.recipient()));
  }

  private Path file(Encryption encryption, byte[] content) throws IOException {
    return Files.write(
        directory.resolve(encryption.algorithm().orElseThrow()),
        Samples.encrypted(encryption, content));
  }
}
