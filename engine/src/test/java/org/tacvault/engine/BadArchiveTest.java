package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.engine.EngineScene.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.archive.TarBuilder;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.secret.Secret;

/** Archives that must not be restored: the home keeps every byte, and nothing is left behind. */
class BadArchiveTest {
  private static final int FLIPS = 25;

  @TempDir Path root;
  private EngineScene scene;
  private Path genuine;

  @BeforeEach
  void makeGenuineArchive() {
    scene = EngineScene.create(root);
    genuine = scene.archive();
  }

  @AfterEach
  void closeScene() {
    scene.close();
  }

  @Test
  void absentArchiveIsNotFound() {
    assertRefused(ErrorKind.NOT_FOUND, "no such file", root.resolve("absent.tar.gz"));
  }

  @Test
  void directoryIsNoArchive() {
    assertRefused(ErrorKind.INVALID_INPUT, "not a plain file", root);
  }

  @Test
  void emptyFileIsNoArchive() throws IOException {
    assertDamaged("", new byte[0]);
  }

  @Test
  void textIsNoArchive() throws IOException {
    assertDamaged("", "Dear administrator, this is not a backup.\n".repeat(100).getBytes());
  }

  @Test
  void truncatedArchiveIsDamagedWhereverItEnds() throws IOException {
    byte[] whole = Files.readAllBytes(genuine);
    for (int length :
        new int[] {1, 9, 20, 600, whole.length / 2, whole.length - 9, whole.length - 1}) {
      assertDamaged("", Arrays.copyOf(whole, length));
    }
  }

  @Test
  void archiveWithBytesBehindItsEndIsDamaged() throws IOException {
    byte[] whole = Files.readAllBytes(genuine);
    assertDamaged("", Arrays.copyOf(whole, whole.length + 100));
  }

  @Test
  void flippedBitIsFoundWhereverItLies() throws IOException {
    byte[] whole = Files.readAllBytes(genuine);
    Random random = new Random(20261123);
    for (int flip = 0; flip < FLIPS; flip++) {
      byte[] flipped = whole.clone();
      // Behind the gzip header, whose time and system nobody needs.
      int position = 10 + random.nextInt(whole.length - 10);
      flipped[position] ^= (byte) (1 << random.nextInt(8));
      assertDamaged("", flipped);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "../evil.db, 0, ''",
    "/etc/evil.db, 0, ''",
    "sub/devices.db, 0, ''",
    "./../data/devices.db, 0, ''",
    "devices.db.exe, 0, ''",
    "link.db, 2, /etc/passwd",
    "devices.db, 1, ../../etc/passwd",
    "tacacs.conf, 2, ../../../etc/passwd",
    "tty, 3, ''",
    "pipe, 6, ''",
    "data, 5, ''"
  })
  void trickOfANameOrLinkIsRefused(String name, char type, String link) throws IOException {
    Forgery forgery = Forgery.of(genuine);
    assertDamaged("", forgery.tar().header(name, type, 0, link).gzip());
    assertDamaged("", new TarBuilder().header(name, type, 0, link).gzip());
    assertThat(root.resolve("evil.db")).doesNotExist();
    assertThat(Path.of("/etc/evil.db")).doesNotExist();
  }

  @Test
  void memberThatIsThereTwiceIsRefused() throws IOException {
    Forgery forgery = Forgery.of(genuine);
    assertDamaged(
        "twice", forgery.tar().file("devices.db", forgery.members().get("devices.db")).gzip());
  }

  @Test
  void memberThatTheManifestDoesNotNameIsRefused() throws IOException {
    Forgery lacking = Forgery.of(genuine).without("audit_trail.db");
    Forgery extra =
        lacking.with(
            "manifest.json",
            lacking.text("manifest.json").replace("audit_trail.db", "unheard_of.db"));
    assertDamaged("unheard_of.db", extra.tar().gzip());
    assertDamaged("", Forgery.of(genuine).tar().file("notes.txt", new byte[10]).gzip());
  }

  @Test
  void memberOfTheManifestThatIsNotInTheArchiveIsRefused() throws IOException {
    assertDamaged("audit_trail.db", Forgery.of(genuine).without("audit_trail.db").tar().gzip());
  }

  @Test
  void databaseThatWasSwappedForAnotherIsRefused() throws IOException {
    Forgery forgery = Forgery.of(genuine);
    forgery.members().put("devices.db", forgery.members().get("local_auth.db"));
    assertDamaged("devices.db", forgery.tar().gzip());
  }

  @Test
  void archiveWithoutManifestIsRefused() throws IOException {
    assertDamaged("manifest", Forgery.of(genuine).without("manifest.json").tar().gzip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "null", "{}", "\"manifest\"", "{\"contents\": 7}"})
  void manifestThatIsNoneIsRefused(String manifest) throws IOException {
    assertDamaged(
        "",
        Forgery.of(genuine).without("manifest.json").with("manifest.json", manifest).tar().gzip());
  }

  @Test
  void newerFormatIsRefusedWithTheVersion() throws IOException {
    Forgery forgery = Forgery.of(genuine);
    String newer =
        forgery
            .text("manifest.json")
            .replaceFirst("(\"backup_version\"\\s*:\\s*)\"1\\.0\"", "$1\"9.0\"");
    assertThat(newer).contains("9.0");
    Path archive = write(forgery.with("manifest.json", newer).tar().gzip());
    assertRefused(ErrorKind.VERIFICATION_FAILED, "9.0", archive);
  }

  @Test
  void memberThatClaimsTerabytesIsRefusedBeforeItIsWritten() throws IOException {
    assertDamaged(
        "devices.db",
        new TarBuilder()
            .pax("size=" + (5L << 40))
            .header("devices.db", '0', 0, "")
            .block(new byte[1 << 20])
            .gzip());
  }

  @Test
  void memberThatFitsOnNoDiskHereIsTooLarge() throws IOException {
    Path archive =
        write(
            new TarBuilder()
                .pax("size=" + (1L << 40))
                .header("devices.db", '0', 0, "")
                .block(new byte[1 << 20])
                .gzip());
    assertRefused(ErrorKind.NO_SPACE, "devices.db", archive);
  }

  @Test
  void wrongAndMissingPassphraseAreToldApartFromDamage() throws IOException {
    Map<String, String> keyed =
        Map.of(
            "BACKUP_ENCRYPTION_PASSPHRASE", "correct horse",
            "TACACS_BACKUP_ENCRYPTION_ENABLED", "true");
    String config = Files.readString(scene.home().configFile());
    Files.writeString(
        scene.home().configFile(),
        config.replace("encryption_enabled = false", "encryption_enabled = true"));
    Path encrypted;
    try (EngineScene sealed = EngineScene.open(root, keyed)) {
      encrypted = sealed.archive();
    }
    Files.writeString(scene.home().configFile(), config);
    assertThat(encrypted.toString()).endsWith(".age");
    assertRefused(ErrorKind.WRONG_KEY, "", encrypted);
    Map<String, String> before = scene.bytes();
    assertFails(
        ErrorKind.WRONG_KEY,
        "",
        () -> scene.restore(encrypted, Keys.of(Secret.of("wrong horse")), RestoreListener.NONE));
    assertUntouched(before);
    byte[] flipped = Files.readAllBytes(encrypted);
    flipped[flipped.length - 1000] ^= 1;
    Path damaged = write(flipped);
    assertFails(
        ErrorKind.VERIFICATION_FAILED,
        "",
        () -> scene.restore(damaged, Keys.of(Secret.of("correct horse")), RestoreListener.NONE));
    assertUntouched(before);
  }

  private void assertDamaged(String text, byte[] content) throws IOException {
    assertRefused(ErrorKind.VERIFICATION_FAILED, text, write(content));
  }

  private void assertRefused(ErrorKind kind, String text, Path archive) {
    Map<String, String> before = scene.bytes();
    assertFails(kind, text, () -> scene.restore(archive));
    assertUntouched(before);
  }

  private void assertUntouched(Map<String, String> before) {
    assertThat(scene.bytes()).isEqualTo(before);
    scene.assertNothingLeft();
    scene.assertNewest(ExecutionStatus.FAILED);
    assertThat(scene.home().data().resolve("backups")).doesNotExist();
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(root.resolve("bad.tar.gz"), content);
  }
}
