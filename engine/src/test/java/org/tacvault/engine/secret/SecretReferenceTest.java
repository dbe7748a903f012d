package org.tacvault.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class SecretReferenceTest {
  @TempDir Path directory;

  @Test
  void isTheValueOfAVariable() {
    assertThat(new SecretReference("env:SFTP_PASSWORD").resolve(Map.of("SFTP_PASSWORD", " x ")))
        .isEqualTo(Secret.of(" x "));
  }

  @Test
  void isTheContentOfAFileWithoutItsLastLineEnd() throws Exception {
    Path file = directory.resolve("key");
    Files.writeString(file, "-----BEGIN\nabc\n\n");
    assertThat(new SecretReference("file:" + file).resolve(Map.of()))
        .isEqualTo(Secret.of("-----BEGIN\nabc\n"));
  }

  @Test
  void whatLeadsToNothingIsNamed() throws Exception {
    Path empty = Files.createFile(directory.resolve("empty"));
    for (String text :
        new String[] {
          "env:NOT_SET", "env:EMPTY", "file:" + directory.resolve("none"), "file:" + empty
        }) {
      EngineException failure =
          catchThrowableOfType(
              EngineException.class, () -> new SecretReference(text).resolve(Map.of("EMPTY", "")));
      assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_CONFIG);
      assertThat(failure).hasMessageContaining(text);
      assertThat(failure.hint()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env:",
        "env:9A",
        "env:my pass word",
        "file:key.pem",
        "file:",
        "env:TACVAULT_SECRET_KEY",
        "env:BACKUP_ENCRYPTION_PASSPHRASE",
        "env:API_TOKEN"
      })
  void whatCanBeNoReferenceIsRefusedWithoutBeingQuoted(String text) {
    assertThat(SecretReference.isReference(text)).isTrue();
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> new SecretReference(text));
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
    assertThat(failure.getMessage()).doesNotContain("my pass word", "key.pem");
    assertThat(failure.hint()).isPresent();
  }
}
