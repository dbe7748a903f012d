package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.engine.EngineScene.assertFails;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.testing.HomeState;

/** What a backup says of a home that is not as it should be; it changes nothing there. */
class BadHomeTest {
  @TempDir Path root;

  @Test
  void absentHomeIsNotMadeByABackup() {
    try (EngineScene scene = EngineScene.open(root, Map.of())) {
      assertFails(ErrorKind.NOT_FOUND, scene.home().root().toString(), scene::backUp);
    }
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void homeThatIsAFileIsRefused() throws IOException {
    Files.writeString(root.resolve("home"), "not a directory");
    try (EngineScene scene = EngineScene.open(root, Map.of())) {
      assertFails(ErrorKind.NOT_FOUND, "not a directory", scene::backUp);
    }
    assertThat(root.resolve("home")).hasContent("not a directory");
  }

  @Test
  void emptyHomeHasNothingToBackUp() throws IOException {
    Files.createDirectory(root.resolve("home"));
    try (EngineScene scene = EngineScene.open(root, Map.of())) {
      assertFails(ErrorKind.NOT_FOUND, "none of the configured databases", scene::backUp);
      scene.assertNewest(ExecutionStatus.FAILED);
      assertThat(scene.bytes()).isEmpty();
    }
  }

  @Test
  void unparsableConfigurationIsRefusedWithTheLine() throws IOException {
    try (EngineScene scene = EngineScene.create(root)) {
      Files.writeString(scene.home().configFile(), "[server]\nhost = a\n[server]\nhost = b\n");
      assertRefused(scene, ErrorKind.INVALID_CONFIG, "3", scene::backUp);
    }
  }

  @Test
  void configurationThatIsNoTextIsRefused() throws IOException {
    try (EngineScene scene = EngineScene.create(root)) {
      Files.write(scene.home().configFile(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});
      assertRefused(scene, ErrorKind.INVALID_CONFIG, "tacacs.conf", scene::backUp);
    }
  }

  @Test
  void unreadableConfigurationIsNotTakenForAnAbsentOne() throws IOException {
    try (EngineScene scene = EngineScene.create(root)) {
      // A directory cannot be read by anybody, a file of mode 000 still by root.
      Files.delete(scene.home().configFile());
      Files.createDirectory(scene.home().configFile());
      assertRefused(scene, ErrorKind.INVALID_CONFIG, "tacacs.conf", scene::backUp);
    }
  }

  @Test
  void badValueOfTheBackupSectionIsRefused() throws IOException {
    try (EngineScene scene = EngineScene.create(root)) {
      Files.writeString(scene.home().configFile(), "[backup]\ncompression_level = eleven\n");
      assertRefused(scene, ErrorKind.INVALID_CONFIG, "compression_level", scene::backUp);
    }
  }

  @Test
  void overridesThatAreNoDatabaseAreNamed() throws IOException {
    try (EngineScene scene = EngineScene.create(root)) {
      Files.writeString(scene.home().overridesDatabase(), "not a database at all");
      assertRefused(scene, ErrorKind.VERIFICATION_FAILED, "config_overrides.db", scene::backUp);
    }
  }

  @Test
  void emptyDatabaseFileIsDamagedAndNotMissing() throws IOException {
    try (EngineScene scene = EngineScene.create(root)) {
      Files.write(scene.database("local_auth"), new byte[0]);
      assertRefused(scene, ErrorKind.VERIFICATION_FAILED, "local_auth.db", scene::backUp);
      scene.assertNewest(ExecutionStatus.FAILED);
    }
  }

  @Test
  void truncatedDatabaseIsNamed() throws IOException {
    try (EngineScene scene = EngineScene.create(root)) {
      Path database = scene.database("audit_trail");
      try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
        file.setLength(file.length() / 2);
      }
      assertRefused(scene, ErrorKind.VERIFICATION_FAILED, "audit_trail.db", scene::backUp);
      scene.assertNewest(ExecutionStatus.FAILED);
    }
  }

  @Test
  void damagedPageInTheMiddleOfADatabaseIsFound() throws IOException {
    try (EngineScene scene = EngineScene.create(root)) {
      Path database = scene.database("tacacs_accounting");
      try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
        file.seek(2 * 4096);
        file.write(new byte[4096]);
      }
      assertRefused(scene, ErrorKind.VERIFICATION_FAILED, "tacacs_accounting.db", scene::backUp);
      scene.assertNewest(ExecutionStatus.FAILED);
    }
  }

  @Test
  void directoryInThePlaceOfADatabaseIsNamed() throws IOException {
    try (EngineScene scene = EngineScene.create(root)) {
      Files.delete(scene.database("devices"));
      Files.createDirectory(scene.database("devices"));
      assertRefused(scene, ErrorKind.INVALID_CONFIG, "devices.db", scene::backUp);
      scene.assertNewest(ExecutionStatus.FAILED);
    }
  }

  private static void assertRefused(
      EngineScene scene, ErrorKind kind, String text, ThrowingCallable work) {
    Map<String, String> before = scene.bytes();
    assertFails(kind, text, work);
    assertThat(scene.bytes()).isEqualTo(before);
    scene.assertNothingLeft();
    scene.assertNothingRuns();
    if (scene.store().toFile().exists()) {
      assertThat(HomeState.bytes(scene.store())).isEmpty();
    }
  }
}
