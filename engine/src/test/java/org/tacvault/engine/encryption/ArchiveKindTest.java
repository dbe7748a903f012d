package org.tacvault.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.error.ErrorKind;

class ArchiveKindTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "1f8b0800, GZIP, false",
    "28b52ffd00, ZSTD, false",
    "6167652d656e6372797074696f6e2e6f72672f76310a, AGE, true",
    "54434b4201, UNKNOWN, false",
    "5443424b01, TCBK, true",
    "1f, UNKNOWN, false",
    "'', UNKNOWN, false",
    "504b0304, UNKNOWN, false"
  })
  void isToldFromContentWhateverTheName(String start, ArchiveKind kind, boolean encrypted)
      throws IOException {
    Path file = directory.resolve("backup.tar.gz.enc");
    Files.write(file, HexFormat.of().parseHex(start));
    assertThat(ArchiveKind.of(file)).isEqualTo(kind);
    assertThat(kind.isEncrypted()).isEqualTo(encrypted);
  }

  @Test
  void knowsArmouredAge() {
    byte[] start = (ArchiveKind.AGE_ARMOR + "\nYWdl").getBytes();
    assertThat(ArchiveKind.of(start)).isEqualTo(ArchiveKind.AGE);
  }

  @Test
  void passesPlainArchivesThroughWithoutAnyKey() throws IOException {
    byte[] gzip = HexFormat.of().parseHex("1f8b08000000000000030300000000000000000000");
    Path file = Files.write(directory.resolve("backup.age"), gzip);
    assertThat(Samples.decrypted(file, Keys.none())).isEqualTo(gzip);
  }

  @Test
  void refusesFilesThatAreNoArchive() throws IOException {
    Path file = Files.writeString(directory.resolve("backup.tar.gz"), "<html>404</html>");
    Samples.assertFails(
        () -> Decryption.open(file, Keys.none()), ErrorKind.VERIFICATION_FAILED, "neither gzip");
    Files.write(file, new byte[0]);
    Samples.assertFails(
        () -> Decryption.open(file, Keys.none()), ErrorKind.VERIFICATION_FAILED, "neither gzip");
  }
}
