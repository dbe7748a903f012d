package org.tacvault.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class PassphraseSourceTest {
  @TempDir Path directory;

  @Test
  void takesTheVariableLiterally() {
    assertThat(PassphraseSource.fromEnvironment(Map.of(PassphraseSource.VARIABLE, " pä ss\n")))
        .contains(Secret.of(" pä ss\n"));
  }

  @Test
  void countsAnEmptyOrMissingVariableAsNotSet() {
    assertThat(PassphraseSource.fromEnvironment(Map.of())).isEmpty();
    assertThat(PassphraseSource.fromEnvironment(Map.of(PassphraseSource.VARIABLE, ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'secret', 'secret'",
    "'secret\n', 'secret'",
    "'secret\r\n', 'secret'",
    "'  spaces count  \n', '  spaces count  '",
    "'first\nsecond\n', 'first'",
    "'pässwörd 密码\n', 'pässwörd 密码'",
    "'a\rb', 'a\rb'"
  })
  void readsTheFirstLineOfAFile(String content, String passphrase) throws IOException {
    assertThat(PassphraseSource.fromFile(file(content.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(Secret.of(passphrase));
  }

  @Test
  void refusesAFileWhoseFirstLineIsEmpty() throws IOException {
    Path empty = file(new byte[0]);
    assertFails(() -> PassphraseSource.fromFile(empty), ErrorKind.INVALID_INPUT, "first line");
    Path blankFirst = file("\nsecret\n".getBytes(StandardCharsets.UTF_8));
    assertFails(() -> PassphraseSource.fromFile(blankFirst), ErrorKind.INVALID_INPUT, "first line");
  }

  @Test
  void refusesWhatIsNotUtf8OrTooLarge() throws IOException {
    Path latin = file("pässwörd".getBytes(StandardCharsets.ISO_8859_1));
    assertFails(() -> PassphraseSource.fromFile(latin), ErrorKind.INVALID_INPUT, "UTF-8");
    Path large = file(new byte[SecretFile.MAX_BYTES + 1]);
    assertFails(() -> PassphraseSource.fromFile(large), ErrorKind.INVALID_INPUT, "larger");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatThrownBy(() -> PassphraseSource.fromFile(directory.resolve("absent")))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  @Test
  void warnsOnlyOfFilesThatOthersCanRead() throws IOException {
    Path file = file("secret".getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(SecretFile.exposure("read passphrase file", file).orElseThrow())
        .contains("rw-r-----", "chmod 600", file.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(SecretFile.exposure("read passphrase file", file)).isEmpty();
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("passphrase"), content);
  }

  private static void assertFails(ThrowingCallable call, ErrorKind kind, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.reason()).contains(reason);
              assertThat(e.hint()).isPresent();
            });
  }
}
