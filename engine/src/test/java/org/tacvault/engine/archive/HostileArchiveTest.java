package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacvault.engine.archive.HostileArchives.Attack;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.manifest.ManifestJson;

/** Each test is one attack; after each the disk is as it was. */
class HostileArchiveTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);
  private static final ArchiveLimits LIMITS = ArchiveLimits.forFreeSpace(1L << 40);

  @TempDir Path directory;
  private Path target;
  private Path victim;

  @BeforeEach
  void prepare() throws IOException {
    target = Files.createDirectory(directory.resolve("target"));
    victim = Files.writeString(directory.resolve("victim"), "untouched");
  }

  @AfterEach
  void diskIsAsItWas() {
    assertThat(target).isEmptyDirectory();
    assertThat(directory).isDirectoryNotContaining("glob:**/{escaped,devices.db}");
    assertThat(victim).hasContent("untouched");
  }

  @Test
  void theArchiveThatTheAttacksStartFromIsGood() throws IOException {
    ExtractedArchive extracted = extract(good().gzip(), LIMITS);

    assertThat(extracted.file("devices.db")).hasBinaryContent(CONTENT);
    Files.delete(extracted.file("devices.db"));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void refusesEveryAttack(Attack attack) {
    assertRefused(attack.archive(), LIMITS, ErrorKind.VERIFICATION_FAILED, attack.reason());
  }

  static List<Attack> attacks() throws IOException {
    Map<String, byte[]> genuine = new LinkedHashMap<>();
    genuine.put("manifest.json", manifest());
    genuine.put("devices.db", CONTENT);
    List<Attack> attacks = new ArrayList<>(HostileArchives.of(genuine));
    attacks.addAll(HostileManifests.of(genuine));
    return attacks;
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void acceptsWhatIsOddButHoldsTheSame(TarBuilder odd) throws IOException {
    ExtractedArchive extracted = extract(odd.gzip(), LIMITS);

    assertThat(extracted.members()).containsOnlyKeys("devices.db");
    assertThat(extracted.file("devices.db")).hasBinaryContent(CONTENT);
    Files.delete(extracted.file("devices.db"));
  }

  static List<TarBuilder> oddities() {
    byte[] json =
        new String(manifest(), UTF_8).replaceFirst("\\{", "{\"new\": [1e99],").getBytes(UTF_8);
    return List.of(
        new TarBuilder().file("devices.db", CONTENT).file("manifest.json", manifest()),
        new TarBuilder().header(".", '5', 0, "").block(good().bytes()),
        new TarBuilder().member("manifest.json", '\0', manifest()).file("devices.db", CONTENT),
        new TarBuilder().pax("mtime=1.5", "comment=\u00e9").block(good().bytes()),
        new TarBuilder()
            .file("manifest.json", manifest())
            .pax("path=./devices.db", "size=7")
            .file("../escaped", CONTENT),
        new TarBuilder().file("manifest.json", json).file("devices.db", CONTENT),
        good().block(new byte[100 * 512]));
  }

  @Test
  void refusesTwentyGigabytesInABinarySizeBeforeWritingThem() throws IOException {
    byte[] size = new byte[12];
    size[0] = (byte) 0x80;
    size[7] = 5;
    ArchiveLimits limits = new ArchiveLimits(10L << 30, 10L << 30, 1_000, 1L << 40);

    assertRefused(
        good().block(TarBuilder.header("./local_auth.db", '0', size, "")),
        limits,
        ErrorKind.VERIFICATION_FAILED,
        "it has " + (5L << 32) + " bytes, at most " + (10L << 30));
  }

  @Test
  void refusesTwentyGigabytesInAPaxSizeBeforeWritingThem() throws IOException {
    ArchiveLimits limits = new ArchiveLimits(10L << 30, 30L << 30, 1_000, 1L << 40);

    assertRefused(
        good().pax("size=20000000000").file("./local_auth.db", CONTENT),
        limits,
        ErrorKind.VERIFICATION_FAILED,
        "with it the archive has more than " + (10L << 30) + " bytes");
  }

  @Test
  void refusesMoreThanTheDiskHasRoomForBeforeWritingIt() throws IOException {
    assertRefused(
        good().header("./local_auth.db", '0', 2_000_000, ""),
        ArchiveLimits.forFreeSpace(1_000_000),
        ErrorKind.NO_SPACE,
        "it has 2000000 bytes, only");
  }

  @Test
  void stopsABombOfZeros() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("devices.db", new byte[100 << 20]);
    byte[] bomb =
        Samples.archive(Files.createDirectory(directory.resolve("b")), Compression.ZSTD, members);
    ArchiveLimits limits = new ArchiveLimits(1L << 40, 1L << 40, 1_000, 1L << 40);

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> extract(bomb, limits))
        .withMessageContaining("devices.db: it unpacks to more than 1000 times its packed size")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED));
  }

  private static byte[] manifest() {
    return ManifestJson.write(Samples.manifest(Map.of("devices.db", CONTENT)));
  }

  private static TarBuilder good() {
    return new TarBuilder().file("./manifest.json", manifest()).file("./devices.db", CONTENT);
  }

  private void assertRefused(TarBuilder archive, String reason) throws IOException {
    assertRefused(archive, LIMITS, ErrorKind.VERIFICATION_FAILED, reason);
  }

  private void assertRefused(
      TarBuilder archive, ArchiveLimits limits, ErrorKind kind, String reason) throws IOException {
    assertRefused(archive.gzip(), limits, kind, reason);
  }

  private void assertRefused(byte[] archive, ArchiveLimits limits, ErrorKind kind, String reason) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> extract(archive, limits))
        .withMessageContaining(reason)
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind))
        .satisfies(failure -> assertThat(failure.hint()).isPresent());
    assertThat(target).isEmptyDirectory();
  }

  private ExtractedArchive extract(byte[] archive, ArchiveLimits limits) {
    return ArchiveReader.extract(new ByteArrayInputStream(archive), target, limits, read -> {});
  }
}
