package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
  @CsvSource({
    "/etc/passwd,             its path is absolute",
    "/devices.db,             its path is absolute",
    "../escaped,              its path leads out of the archive",
    "./../escaped,            its path leads out of the archive",
    "a/../../escaped,         its path leads out of the archive",
    "..,                      its path leads out of the archive",
    "sub/devices.db,          its name is a path",
    "././devices.db,          its name is a path",
    ".//devices.db,           its name is a path",
    "..\\escaped,             its name is a path",
    "sub\\devices.db,         its name is a path",
    "C:\\escaped,             its name is a path",
    "other.db,                no such member belongs into an archive",
    "DEVICES.DB,              no such member belongs into an archive",
    "devices.db-wal,          no such member belongs into an archive",
    "'devices.db ',           no such member belongs into an archive",
    "'',                      no such member belongs into an archive"
  })
  void refusesNamesThatAreNotFlatAndKnown(String name, String reason) throws IOException {
    assertRefused(good().file(name, CONTENT), reason);
  }

  @Test
  void refusesDeviousNamesInPaxHeaders() throws IOException {
    assertRefused(
        good().pax("path=../escaped").file("./local_auth.db", CONTENT),
        "its path leads out of the archive");
  }

  @Test
  void refusesDeviousNamesInThePrefixField() throws IOException {
    byte[] header = TarBuilder.header("devices.db", '0', TarBuilder.octal(7, 11), "");
    System.arraycopy("../escaped".getBytes(US_ASCII), 0, header, 345, 10);

    assertRefused(
        good().block(TarBuilder.sign(header)).data(CONTENT), "its path leads out of the archive");
  }

  @Test
  void terminalControlCodesInNamesDoNotReachTheMessage() throws IOException {
    assertRefused(good().file("\u001b[2Jx", CONTENT), "read archive ?[2Jx: no such member");
  }

  @ParameterizedTest
  @CsvSource({
    "1, a hard link",
    "2, a symbolic link",
    "3, a character device",
    "4, a block device",
    "6, a named pipe",
    "7, of the unknown type",
    "S, a sparse file",
    "L, a GNU long name",
    "K, a GNU long name",
    "g, a pax header",
    "D, of the unknown type",
    "V, of the unknown type"
  })
  void refusesWhatIsNoPlainFile(char type, String kind) throws IOException {
    assertRefused(good().header("./local_auth.db", type, 0, "../victim"), kind);
  }

  @ParameterizedTest
  @ValueSource(bytes = {TarConstants.LF_SYMLINK, TarConstants.LF_LINK})
  void refusesToWriteThroughALinkOfTheArchive(byte type) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      TarArchiveEntry link = new TarArchiveEntry("./devices.db", type);
      link.setLinkName(victim.toString());
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      TarArchiveEntry file = new TarArchiveEntry("./devices.db");
      file.setSize(CONTENT.length);
      tar.putArchiveEntry(file);
      tar.write(CONTENT);
      tar.closeArchiveEntry();
    }

    assertRefused(new TarBuilder().block(out.toByteArray()), "link, only plain files");
  }

  @Test
  void refusesLongNamesThatWouldFillTheMemory() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      tar.putArchiveEntry(new TarArchiveEntry("x".repeat(2_000)));
      tar.closeArchiveEntry();
    }

    assertRefused(new TarBuilder().block(out.toByteArray()), "a GNU long name");
  }

  @Test
  void refusesPaxHeadersThatWouldFillTheMemory() throws IOException {
    assertRefused(
        good().header("x", 'x', PaxRecords.MAX_BYTES + 1, ""), "a pax header is too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GNU.sparse.major=1", "GNU.sparse.name=x", "linkpath=../victim"})
  void refusesPaxHeadersThatMakeAFileSomethingElse(String record) throws IOException {
    assertRefused(good().pax(record).file("./local_auth.db", CONTENT), "a link or a sparse file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "5 a=b",
        "99 a=b\n",
        "6 a=b\n5 a\n",
        " a=b\n",
        "0 a=b\n",
        "-6 a=b\n",
        "000006 a=b\n",
        "4 =\n\n",
        "6 abc\n",
        "9999999999 a=b\n",
        "10 size=x\n",
        "11 size=-1\n",
        "6 a=b\n6 a=c\n"
      })
  void refusesCorruptPaxHeaders(String content) throws IOException {
    assertRefused(
        good().member("x", 'x', content.getBytes(US_ASCII)).file("./local_auth.db", CONTENT),
        "a pax header is corrupt");
  }

  @Test
  void refusesAPaxHeaderOnAPaxHeader() throws IOException {
    assertRefused(good().pax("a=b").pax("a=b").file("./local_auth.db", CONTENT), "a pax header");
  }

  @ParameterizedTest
  @CsvSource({"devices.db", "./devices.db"})
  void refusesDuplicates(String name) throws IOException {
    assertRefused(good().file(name, CONTENT), "devices.db: it is in the archive twice");
  }

  @Test
  void refusesASecondManifest() throws IOException {
    assertRefused(
        good().file("manifest.json", manifest()), "manifest.json: it is in the archive twice");
  }

  @Test
  void refusesMembersThatTheManifestDoesNotList() throws IOException {
    assertRefused(
        good().file("./local_auth.db", CONTENT),
        "local_auth.db is in the archive but not in the manifest");
  }

  @Test
  void refusesAnArchiveThatLacksAListedMember() throws IOException {
    assertRefused(
        new TarBuilder().file("./manifest.json", manifest()),
        "devices.db is in the manifest but not in the archive");
  }

  @Test
  void refusesOtherContentThanTheManifestLists() throws IOException {
    assertRefused(
        new TarBuilder()
            .file("./manifest.json", manifest())
            .file("./devices.db", "CONTENT".getBytes(UTF_8)),
        "devices.db has SHA-256");
  }

  @Test
  void refusesAnArchiveWithoutManifest() throws IOException {
    assertRefused(new TarBuilder().file("./devices.db", CONTENT), "it has no manifest.json");
  }

  @Test
  void refusesAnEmptyTar() throws IOException {
    assertRefused(new TarBuilder(), "it has no manifest.json");
  }

  @Test
  void refusesAManifestThatWouldFillTheMemory() throws IOException {
    assertRefused(
        new TarBuilder().file("./manifest.json", new byte[ManifestJson.MAX_BYTES + 1]),
        "manifest.json: it is too long");
  }

  @Test
  void acceptsTheRootDirectoryOnlyInFront() throws IOException {
    assertRefused(good().header("./", '5', 0, ""), "it is a directory");
    assertRefused(
        new TarBuilder().header("./", '5', 0, "").header("./", '5', 0, ""), "it is a directory");
  }

  @ParameterizedTest
  @CsvSource({"sub/, 0", "./sub, 0", "../, 0", "/, 0", "./, 512"})
  void refusesOtherDirectories(String name, long size) throws IOException {
    assertRefused(
        new TarBuilder().header(name, '5', size, "").block(new byte[(int) size]),
        "it is a directory");
  }

  @Test
  void refusesAHeaderWithAWrongChecksum() throws IOException {
    byte[] header = TarBuilder.header("./local_auth.db", '0', TarBuilder.octal(7, 11), "");
    header[0]++;

    assertRefused(good().block(header).data(CONTENT), "the checksum of its tar header is wrong");
  }

  @Test
  void refusesWhatIsNoTar() throws IOException {
    byte[] noise = Samples.mixed(2048, 1);

    assertRefused(new TarBuilder().block(noise), "no valid tar header");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-0000000007", "0x000000007", "00000000008", "           ", "1 1        "})
  void refusesSizesThatAreNoNumbers(String size) throws IOException {
    byte[] field = (size + "\0").getBytes(US_ASCII);

    assertRefused(
        good().block(TarBuilder.header("./local_auth.db", '0', field, "")).data(CONTENT),
        "no valid number");
  }

  @Test
  void refusesNegativeBinarySizes() throws IOException {
    byte[] minusOne = new byte[12];
    Arrays.fill(minusOne, (byte) 0xff);

    assertRefused(
        good().block(TarBuilder.header("./local_auth.db", '0', minusOne, "")), "out of range");
  }

  @Test
  void refusesFiveGigabytesThatAreNotThere() throws IOException {
    assertRefused(
        good().header("./local_auth.db", '0', 5_000_000_000L, "").data(CONTENT),
        "local_auth.db: it is truncated: the data ends 49999");
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

  @Test
  void refusesDataBehindTheEndOfTheTar() throws IOException {
    assertRefused(
        good().block(new byte[1024]).file("./local_auth.db", CONTENT),
        "data follows the end of the tar");
    assertRefused(good().block(new byte[512]).block(Samples.mixed(512, 1)), "data follows");
  }

  @Test
  void refusesEndlessPadding() throws IOException {
    assertRefused(good().block(new byte[2 << 20]), "data follows the end of the tar");
  }

  @Test
  void refusesATarWithoutEnd() throws IOException {
    assertRefused(good().gzipUnfinished(), LIMITS, ErrorKind.VERIFICATION_FAILED, "truncated");
    assertRefused(
        good().block(new byte[512]).gzipUnfinished(),
        LIMITS,
        ErrorKind.VERIFICATION_FAILED,
        "truncated");
  }

  @Test
  void refusesAnotherArchiveBehindTheFirst() throws IOException {
    byte[] twice = CompressionContract.concat(good().gzip(), good().gzip());

    assertRefused(twice, LIMITS, ErrorKind.VERIFICATION_FAILED, "data follows the end of the tar");
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
