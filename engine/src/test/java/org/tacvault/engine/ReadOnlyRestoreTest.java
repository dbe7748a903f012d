package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.tacvault.engine.EngineScene.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.destination.local.SmallFileSystem;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.testing.ChildJvm;

/** A restore that may not write all that it has to replace is refused before it replaces any. */
class ReadOnlyRestoreTest {
  @TempDir Path root;

  /** The last that would be replaced, and the first. */
  @ParameterizedTest
  @CsvSource({
    "data/local_auth.db, r--r-----, the file may not be written by this user",
    "data/tacacs_accounting.db, r--r-----, the file may not be written by this user",
    "config, r-xr-x---, files in the directory may not be written by this user"
  })
  void whatThisUserMayNotWriteIsNamedAndNothingChanges(String name, String mode, String reason)
      throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = scene.archive();
      Path place = scene.home().root().resolve(name);
      String before = PosixFilePermissions.toString(Files.getPosixFilePermissions(place));
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
      assertRefusedToAnother(scene, archive, place + ": " + reason);
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(before));
      scene.restore(archive);
      scene.assertNothingLeft();
    }
  }

  @Test
  void dataThatThisUserMayOnlyReadIsRefusedAtOnce() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = scene.archive();
      scene.close();
      Path data = scene.home().data();
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-x---"));
      try {
        assertRefusedToAnother(scene, archive, data.toString());
      } finally {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  @Test
  void databaseOnAReadOnlyFileSystemIsRefusedBeforeAnythingElseIsReplaced() throws Exception {
    try (EngineScene scene = EngineScene.create(root);
        SmallFileSystem disk = SmallFileSystem.mount(root.resolve("disk"), "size=8m")) {
      Path users = disk.path().resolve("local_auth.db");
      Files.move(scene.database("local_auth"), users);
      Files.createSymbolicLink(scene.database("local_auth"), users);
      Path archive = scene.archive();
      remountReadOnly(disk.path());
      Map<String, String> before = scene.bytes();
      assertFails(ErrorKind.ACCESS_DENIED, disk.path().toString(), () -> scene.restore(archive));
      assertThat(scene.bytes()).isEqualTo(before);
      scene.assertNothingLeft();
      scene.assertNothingRuns();
    }
  }

  @Test
  void homeOnAReadOnlyFileSystemIsRefused() throws Exception {
    try (SmallFileSystem disk = SmallFileSystem.mount(root.resolve("disk"), "size=32m");
        EngineScene scene = EngineScene.create(disk.path())) {
      Path archive = Files.copy(scene.archive(), root.resolve("archive.tar.gz"));
      scene.close();
      Map<String, String> before = scene.bytes();
      remountReadOnly(disk.path());
      assertThat(refusal(archive, scene.home().root())).startsWith("ACCESS_DENIED");
      assertThat(scene.bytes()).isEqualTo(before);
    }
  }

  private void assertRefusedToAnother(EngineScene scene, Path archive, String reason)
      throws Exception {
    Map<String, String> before = scene.bytes();
    try (ChildJvm child =
        ChildJvm.startWithoutPrivileges(
            EngineProcess.class, scene.home().root(), "-", "restore", archive)) {
      assertThat(child.awaitLine("refused")).startsWith("ACCESS_DENIED").contains(reason);
      assertThat(child.awaitExit()).isZero();
    }
    assertThat(withoutTracesOfReading(scene)).isEqualTo(before);
  }

  /** Of a log that it may read, and not write, SQLite leaves an empty one to whoever comes next. */
  private static Map<String, String> withoutTracesOfReading(EngineScene scene) throws IOException {
    Map<String, String> bytes = scene.bytes();
    for (String name : List.copyOf(bytes.keySet())) {
      if (name.endsWith("-wal")) {
        assertThat(scene.home().root().resolve(name)).isEmptyFile();
      }
    }
    bytes.keySet().removeIf(name -> name.matches(".*-(wal|shm)"));
    return bytes;
  }

  private static String refusal(Path archive, Path home) throws IOException {
    try (ChildJvm child = ChildJvm.start(EngineProcess.class, home, "-", "restore", archive)) {
      return child.awaitLine("refused");
    }
  }

  private static void remountReadOnly(Path mount) throws Exception {
    Process process =
        new ProcessBuilder("mount", "-o", "remount,ro", mount.toString()).inheritIO().start();
    boolean isMounted = process.waitFor() == 0;
    assumeTrue(isMounted || "true".equals(System.getenv("CI")), "this process may not remount");
    assertThat(isMounted).isTrue();
  }
}
