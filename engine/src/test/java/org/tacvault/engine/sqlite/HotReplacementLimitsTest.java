package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.destination.local.SmallFileSystem;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.testing.EraDatabase;
import org.tacvault.engine.testing.HomeState;
import org.tacvault.engine.testing.SqlSession;

/** Disks that fill up, and files that may not be written. */
class HotReplacementLimitsTest {
  @TempDir Path root;

  /** Large enough for two steps; when {@code during} is 0 the disk is full from the beginning. */
  @ParameterizedTest
  @CsvSource({"WAL, 0", "WAL, 1", "DELETE, 0", "DELETE, 1", "PERSIST, 1", "TRUNCATE, 1"})
  void fullDiskIsNamedAndTheOldContentStays(String mode, int during) throws Exception {
    Path staged = EraDatabase.create(root.resolve("new.db"), "DELETE", 4096, "new", 80_000);
    try (SmallFileSystem disk = SmallFileSystem.mount(root.resolve("disk"), "size=64m")) {
      Path live = EraDatabase.create(disk.path().resolve("live.db"), mode, 4096, "old", 20_000);
      Path ballast = disk.path().resolve("ballast");
      HotReplacement.fit(staged, live);
      try (SqlSession other = SqlSession.open("jvm", live)) {
        other.ask("PRAGMA journal_mode=" + mode);
        assertThat(other.ask("SELECT name FROM era_first")).isEqualTo("old");
        if (during == 0) {
          fill(ballast);
        }
        EngineException failure =
            catchThrowableOfType(
                EngineException.class,
                () ->
                    HotReplacement.apply(
                        staged,
                        live,
                        () -> fill(ballast),
                        CopyProgress.NONE,
                        HotReplacementTest.SHORT));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as("%s", failure).isEqualTo(ErrorKind.NO_SPACE);
        assertThat(failure.hint()).isPresent();
        Files.delete(ballast);
        assertThat(other.ask("SELECT name FROM era_last")).isEqualTo("old");
        assertThat(other.ask("INSERT INTO debit VALUES(1,'x')")).isEmpty();
        assertThat(other.ask("PRAGMA integrity_check")).isEqualTo("ok");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void fileThatMayOnlyBeReadIsDeniedBeforeAnythingChanges(String mode) throws Exception {
    Path staged = EraDatabase.create(root.resolve("new.db"), "DELETE", 4096, "new", 10);
    try (SmallFileSystem disk = SmallFileSystem.mount(root.resolve("disk"), "size=8m")) {
      Path live = EraDatabase.create(disk.path().resolve("live.db"), mode, 4096, "old", 10);
      Map<String, String> before = HomeState.bytes(disk.path());
      remountReadOnly(disk.path());
      EngineException failure =
          catchThrowableOfType(
              EngineException.class,
              () -> HotReplacement.apply(staged, live, () -> {}, CopyProgress.NONE));
      assertThat(failure.kind()).isEqualTo(ErrorKind.ACCESS_DENIED);
      assertThat(failure.getMessage()).contains(live.toString());
      assertThat(failure.hint()).isPresent();
      assertThat(HomeState.bytes(disk.path())).isEqualTo(before);
    }
  }

  private static void remountReadOnly(Path mount) throws Exception {
    Process process =
        new ProcessBuilder("mount", "-o", "remount,ro", mount.toString()).inheritIO().start();
    assumeTrue(process.waitFor() == 0, "this process may not remount");
  }

  private static void fill(Path ballast) {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
