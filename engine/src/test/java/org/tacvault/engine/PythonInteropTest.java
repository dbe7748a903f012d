package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.archive.StockTool;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.encryption.TcbkWriter;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.secret.Secret;

/** Archives go both ways between the Python server and this program. */
class PythonInteropTest {
  private static final Secret PASSPHRASE = Secret.of("correct horse battery staple");

  @TempDir Path root;
  private Home python;
  private EngineScene scene;

  @BeforeEach
  void createHomes() {
    python = SampleHome.create(root.resolve("python"), SampleSize.SMALL, 31, EngineScene.NOW);
    scene = EngineScene.create(root);
  }

  @AfterEach
  void closeScene() {
    scene.close();
  }

  @Test
  void archiveOfPythonsTarfileReplacesALiveHome() throws Exception {
    RestoreReport report = scene.restore(pythonArchive());
    assertThat(scene.content()).isEqualTo(EngineScene.content(python.root()));
    assertThat(report.emergencyBackup()).isNotNull();
    scene.assertNothingLeft();
  }

  @Test
  void archiveOfPythonsTarfileFillsAnEmptyHome() throws Exception {
    try (EngineScene bare = EngineScene.open(root.resolve("bare"), Map.of())) {
      bare.restore(pythonArchive());
      assertThat(bare.content()).isEqualTo(EngineScene.content(python.root()));
      bare.assertNothingLeft();
    }
  }

  @Test
  void archiveThatThePythonServerEncryptedIsRestoredWhateverItIsCalled() throws Exception {
    Path plain = pythonArchive();
    Path encrypted = root.resolve("backup-renamed.bin");
    try (OutputStream out = Files.newOutputStream(encrypted)) {
      TcbkWriter.write(out, PASSPHRASE, content -> Files.copy(plain, content));
    }
    scene.restore(encrypted, Keys.of(PASSPHRASE), RestoreListener.NONE);
    assertThat(scene.content()).isEqualTo(EngineScene.content(python.root()));
    scene.assertNothingLeft();
  }

  @Test
  void readerOfThePythonServerAcceptsOurArchive() throws Exception {
    String verdict =
        StockTool.run("python3", script("read_archive.py"), scene.archive().toString());
    assertThat(verdict)
        .startsWith("good ")
        .contains("tacacs.conf", "devices.db", "local_auth.db", "config_overrides.db");
  }

  private Path pythonArchive() throws Exception {
    Path archive = root.resolve("backup-python-one-20261120-010203-manual.tar.gz");
    StockTool.run(
        "python3", script("write_archive.py"), python.root().toString(), archive.toString());
    return archive;
  }

  private static String script(String name) throws IOException, URISyntaxException {
    return Path.of(PythonInteropTest.class.getResource(name).toURI()).toString();
  }
}
