package org.tacvault.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.sample.TableHashes;
import org.tacvault.engine.secret.Secret;

/** Archives of the first format, as they were once written: they must be readable for ever. */
class GoldenArchivesTest {
  private static final Keys PASSPHRASE = Keys.of(Secret.of("golden"));

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"v1.tar.gz", "v1.tar.zst", "v1.tar.gz.age"})
  void archiveOfTheFirstFormatHoldsWhatItHeld(String name) throws Exception {
    Path file = Path.of(GoldenArchivesTest.class.getResource("/golden/" + name).toURI());
    try (WorkDirectory work = WorkDirectory.create(root, "test")) {
      CheckedArchive archive =
          new ArchiveOpener(PASSPHRASE, VerifyListener.NONE).open(new ArchiveRef.File(file), work);
      requireManifest(archive.manifest());
      assertThat(archive.databases().get("tacacs_accounting.db").tables())
          .containsEntry("accounting_logs", 12L);
      assertThat(hash(archive, "local_auth.db", "local_users"))
          .isEqualTo("dcee1392946564e44da3a109e0b4fe896720b396fcedfa34c3ca2e7c52a22161");
      assertThat(hash(archive, "devices.db", "devices"))
          .isEqualTo("45444cd895efa30c7d79abd9de0fc1f98c520748398d3a18b3603b51c96a5467");
      assertThat(Files.readString(archive.directory().resolve("tacacs.conf")))
          .contains("[backup]\n");
      assertThat(archive.isEncrypted()).isEqualTo(name.endsWith(".age"));
    }
  }

  private static void requireManifest(Manifest manifest) {
    assertThat(manifest.backup().instanceName()).isEqualTo("tacacs-sample");
    assertThat(manifest.backup().comment()).isEqualTo("kept for ever");
    assertThat(manifest.backup().timestamp()).isEqualTo(Instant.parse("2026-11-23T03:00:00Z"));
    assertThat(manifest.contents()).hasSize(8);
    assertThat(manifest.missing()).isEmpty();
    assertThat(Optional.ofNullable(manifest.snapshotSpread())).hasValue(Duration.ZERO);
  }

  private static String hash(CheckedArchive archive, String member, String table) {
    Map<String, String> hashes = TableHashes.of(archive.directory().resolve(member));
    return hashes.get(table);
  }
}
