package org.tacvault.engine.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path directory;

  @Test
  void writesPrivateFilesAndReplacesOldOnes() throws IOException {
    Path target = Files.writeString(directory.resolve("file"), "old");
    AtomicFiles.write(target, "new".getBytes(UTF_8));
    assertThat(target).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    assertThat(directory).isDirectoryNotContaining(file -> !file.equals(target));
  }

  @Test
  void failedBodyLeavesTheOldFileAndNothingElse() throws IOException {
    Path target = Files.writeString(directory.resolve("file"), "old");
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    target,
                    out -> {
                      out.write(1);
                      throw new IOException("cut");
                    }))
        .hasMessage("cut");
    assertThat(target).hasContent("old");
    assertThat(directory).isDirectoryNotContaining(file -> !file.equals(target));
  }

  @Test
  void compressorThatIsClosedByAnExceptionPublishesNothing() {
    Path target = directory.resolve("file.gz");
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    target,
                    out -> {
                      try (OutputStream compressed = new GZIPOutputStream(out)) {
                        compressed.write(1);
                        throw new IOException("cut");
                      }
                    }))
        .hasMessage("cut");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leftoverOfAKilledWriterIsReplaced() throws IOException {
    Path target = directory.resolve("file");
    Files.writeString(directory.resolve(".file.part"), "half");
    AtomicFiles.write(target, "whole".getBytes(UTF_8));
    assertThat(target).hasContent("whole");
    assertThat(directory).isDirectoryNotContaining(file -> !file.equals(target));
  }
}
