package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.engine.EngineScene.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacvault.engine.archive.HostileArchives;
import org.tacvault.engine.archive.HostileArchives.Attack;
import org.tacvault.engine.archive.HostileManifests;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.error.ErrorKind;

/** Every attack of the corpus on a real home: refused, recorded, and not a byte is another one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRestoreTest {
  private Path root;
  private EngineScene scene;
  private Path victim;
  private Forgery genuine;
  private Map<String, String> before;

  @BeforeAll
  void makeGenuineArchive(@TempDir Path directory) throws IOException {
    root = directory;
    scene = EngineScene.create(root);
    victim = Files.writeString(root.resolve("victim"), "untouched");
    genuine = Forgery.of(scene.archive()).without(HostileArchives.SPARE).sealed();
    before = scene.bytes();
  }

  @AfterAll
  void closeScene() {
    scene.close();
  }

  List<Attack> attacks() throws IOException {
    List<Attack> attacks = new ArrayList<>(HostileArchives.of(genuine.members()));
    attacks.addAll(HostileManifests.of(genuine.members()));
    return attacks;
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void attackIsRefusedAndTheHomeKeepsEveryByte(Attack attack) throws IOException {
    Path archive = Files.write(root.resolve("hostile.tar.gz"), attack.archive());
    assertFails(ErrorKind.VERIFICATION_FAILED, attack.reason(), () -> scene.restore(archive));
    assertThat(scene.bytes()).isEqualTo(before);
    assertThat(victim).hasContent("untouched");
    assertThat(root).isDirectoryNotContaining("glob:**/{escaped,devices.db}");
    assertThat(scene.home().data().resolve("backups")).doesNotExist();
    scene.assertNothingLeft();
    scene.assertNewest(ExecutionStatus.FAILED);
  }

  @Test
  void archiveThatTheAttacksStartFromIsGood(@TempDir Path other) throws IOException {
    Path archive = Files.write(root.resolve("good.tar.gz"), genuine.tar().gzip());
    try (EngineScene bare = EngineScene.open(other, Map.of())) {
      assertThat(bare.restore(archive).components()).isNotEmpty();
      assertThat(bare.content()).isNotEmpty();
    }
  }
}
