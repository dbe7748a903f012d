package org.tacvault.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.secret.SecretFile;

class IdentityFileTest {
  private static final Instant CREATED = Instant.parse("2026-03-01T10:20:30.123Z");

  @TempDir Path directory;

  @Test
  void writesWhatAgeKeygenWrites() throws IOException {
    Identity identity = Identity.generate();
    Path file = directory.resolve("key.txt");
    IdentityFile.write(file, identity, CREATED);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "# created: 2026-03-01T10:20:30Z",
            "# public key: " + identity.recipient(),
            text(identity));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(SecretFile.exposure("read identity file", file)).isEmpty();
    assertThat(IdentityFile.read(file))
        .singleElement()
        .satisfies(read -> assertThat(read.encoded()).isEqualTo(identity.encoded()));
  }

  @Test
  void neverReplacesAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("key.txt"), "precious");
    Samples.assertFails(
        () -> IdentityFile.write(file, Identity.generate(), CREATED), ErrorKind.CONFLICT, "exists");
    assertThat(file).hasContent("precious");
  }

  @Test
  void readsSeveralIdentitiesAmongCommentsBlanksAndWindowsLineEnds() throws IOException {
    Identity first = Identity.generate();
    Identity second = Identity.generate();
    Path file =
        Files.writeString(
            directory.resolve("key.txt"),
            "# mine\r\n\r\n" + text(first) + "\r\n  # old\n" + text(second));
    assertThat(IdentityFile.read(file))
        .extracting(Identity::recipient)
        .containsExactly(first.recipient(), second.recipient());
  }

  @Test
  void derivesThePublicKeyThatAgeKeygenDerives() {
    // Made by age-keygen 1.1.1 for this test; it opens nothing.
    Secret text =
        Secret.of("AGE-SECRET-KEY-180VFHXMYFQE8GFS934XNVYJPG9AUN94323FAM688Y3V5V0C9FHYQP2WH0K");
    Identity identity = Identity.parse(text);
    assertThat(identity.recipient())
        .isEqualTo("age1meaqr5d204t2j4f68ywwr2yzafng5zafh0tnnwnhexpw245vy5eq44myxs");
    assertThat(identity.encoded()).isEqualTo(text);
  }

  @Test
  void generatesADifferentPairEachTime() {
    Identity identity = Identity.generate();
    assertThat(Identity.generate().recipient()).isNotEqualTo(identity.recipient());
    assertThat(identity.recipient()).matches("age1[a-z0-9]{58}");
    assertThat(text(identity)).matches("AGE-SECRET-KEY-1[A-Z0-9]{58}");
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 30, 73})
  void aTypingErrorIsNamedByItsLineAndNeverShown(int position) throws IOException {
    String good = text(Identity.generate());
    char other = good.charAt(position) == 'Q' ? 'P' : 'Q';
    String bad = good.substring(0, position) + other + good.substring(position + 1);
    Path file = Files.writeString(directory.resolve("key.txt"), "# comment\n" + bad + "\n");
    EngineException failure = Samples.failureOf(() -> IdentityFile.read(file));
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
    assertThat(failure.reason()).contains("line 2");
    assertThat(failure).hasMessageNotContaining(bad.substring(16)).hasNoCause();
    assertThat(failure.hint().orElseThrow()).doesNotContain(bad.substring(16));
  }

  @Test
  void refusesOtherKindsOfFilesWithTheReason() throws IOException {
    assertRefused("", "no identity");
    assertRefused("# only a comment\n", "no identity");
    assertRefused("age-encryption.org/v1\n-> scrypt ", "itself encrypted");
    assertRefused(ArchiveKind.AGE_ARMOR + "\n", "itself encrypted");
    assertRefused("-----BEGIN OPENSSH PRIVATE KEY-----\n", "SSH");
    assertRefused("AGE-PLUGIN-YUBIKEY-1QQQ\n", "plugin");
    assertRefused(Identity.generate().recipient() + "\n", "line 1");
    assertRefused(text(Identity.generate()).toLowerCase(Locale.ROOT) + "\n", "line 1");
  }

  @Test
  void showsOnlyThePublicKeyAsText() {
    Identity identity = Identity.generate();
    assertThat(identity.toString()).contains(identity.recipient()).doesNotContain("SECRET");
    assertThat(Keys.of(List.of(identity)).toString()).doesNotContain("SECRET");
    assertThat(Keys.of(Secret.of("hidden words")).toString()).doesNotContain("hidden");
  }

  private void assertRefused(String content, String reason) throws IOException {
    Path file = Files.writeString(directory.resolve("other"), content);
    Samples.assertFails(() -> IdentityFile.read(file), ErrorKind.INVALID_INPUT, reason);
  }

  private static String text(Identity identity) {
    return new String(identity.encoded().reveal());
  }
}
