package org.tacvault.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFilesTest {
  @TempDir Path directory;

  @Test
  void logThatIsPutBackHasTheModeOfItsDatabase() throws Exception {
    Path live = Files.write(directory.resolve("a.db"), new byte[3]);
    Path log = Files.write(directory.resolve("a.db-wal"), new byte[5]);
    Files.setPosixFilePermissions(live, PosixFilePermissions.fromString("rw-rw----"));
    Path kept = Files.createDirectory(directory.resolve("kept"));
    Source.Kept how = RawFiles.keep(live, "a.db", kept);
    Files.write(live, new byte[7]);
    RawFiles.putBack(how, live, "a.db", kept);
    assertThat(live).hasBinaryContent(new byte[3]);
    assertThat(log).hasBinaryContent(new byte[5]);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-rw----");
  }
}
