package org.tacvault.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.manifest.ExtractedMember;
import org.tacvault.engine.manifest.ManifestJson;

class ArchiveReaderTest {
  private static final ArchiveLimits LIMITS = ArchiveLimits.forFreeSpace(1L << 40);

  @TempDir Path directory;
  private Path target;

  private final Map<String, byte[]> members = Samples.members();

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectory(directory.resolve("target"));
  }

  @ParameterizedTest
  @EnumSource
  void unpacksWhatWasWritten(Compression compression) throws IOException {
    ExtractedArchive extracted = extract(Samples.archive(directory, compression, members));

    assertThat(extracted.manifest()).isEqualTo(Samples.manifest(members));
    assertThat(extracted.directory()).isEqualTo(target);
    assertThat(extracted.members().keySet()).isEqualTo(members.keySet());
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      Path file = extracted.file(member.getKey());
      assertThat(file).hasBinaryContent(member.getValue());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(extracted.members().get(member.getKey()))
          .isEqualTo(
              new ExtractedMember(
                  member.getKey(), member.getValue().length, Sha256.hex(member.getValue())));
    }
    assertThat(target).isDirectoryNotContaining("glob:**/manifest.json");
  }

  @Test
  void keepsLongComments() {
    String comment = "Zürich ".repeat(5_000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ArchiveWriter(Compression.GZIP, 6)
        .write(
            Samples.manifest(members, comment), Samples.files(directory, members), out, done -> {});

    assertThat(extract(out.toByteArray()).manifest().backup().comment()).isEqualTo(comment);
  }

  @Test
  void unpacksMembersOfManyBlocks() {
    members.put("tacacs_accounting.db", Samples.mixed(5 << 20, 4));

    ExtractedArchive extracted = extract(Samples.archive(directory, Compression.GZIP, members));

    assertThat(extracted.file("tacacs_accounting.db"))
        .hasBinaryContent(members.get("tacacs_accounting.db"));
  }

  @Test
  void tellsHowManyPackedBytesAreRead() {
    members.put("tacacs_accounting.db", Samples.mixed(1 << 20, 4));
    byte[] archive = Samples.archive(directory, Compression.GZIP, members);
    List<Long> seen = new ArrayList<>();

    ArchiveReader.extract(new ByteArrayInputStream(archive), target, LIMITS, seen::add);

    assertThat(seen).isSorted().endsWith((long) archive.length).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=pax", "--format=ustar", "--format=gnu"})
  void unpacksWhatStockTarPacked(String format) throws IOException {
    Path content = memberFiles();
    Path file = directory.resolve("stock.tar.gz");

    StockTool.run("tar", format, "-czf", file.toString(), "-C", content.toString(), ".");

    assertThat(extract(Files.readAllBytes(file)).manifest()).isEqualTo(Samples.manifest(members));
  }

  @Test
  void unpacksNamesWithoutDot() throws IOException {
    Path content = memberFiles();
    Path file = directory.resolve("stock.tar.gz");

    StockTool.run(
        "sh",
        "-c",
        "cd '" + content + "' && tar -czf '" + file + "' devices.db *.json *.conf audit*");

    assertThat(extract(Files.readAllBytes(file)).members().keySet()).isEqualTo(members.keySet());
  }

  @Test
  void unpacksWhatPythonPacked() throws IOException {
    Path content = memberFiles();
    Path file = directory.resolve("python.tar.gz");

    StockTool.run(
        "python3",
        "-c",
        "import sys, tarfile\nwith tarfile.open(sys.argv[1], 'w:gz') as t: t.add(sys.argv[2], '.')",
        file.toString(),
        content.toString());

    assertThat(extract(Files.readAllBytes(file)).members().keySet()).isEqualTo(members.keySet());
  }

  @Test
  void inspectsOursFromTheFirstBytes() {
    members.put("tacacs_accounting.db", Samples.mixed(5 << 20, 4));
    byte[] archive = Samples.archive(directory, Compression.GZIP, members);
    byte[] start = Arrays.copyOf(archive, 200_000);

    assertThat(ArchiveReader.readManifest(new ByteArrayInputStream(start)))
        .isEqualTo(Samples.manifest(members));
  }

  @Test
  void findsTheManifestBehindOtherMembers() throws IOException {
    byte[] archive =
        new TarBuilder()
            .file("./devices.db", members.get("devices.db"))
            .file("./manifest.json", ManifestJson.write(Samples.manifest(members)))
            .gzip();

    assertThat(ArchiveReader.readManifest(new ByteArrayInputStream(archive)))
        .isEqualTo(Samples.manifest(members));
  }

  @Test
  void inspectingAnArchiveWithoutManifestFails() throws IOException {
    byte[] archive = new TarBuilder().file("./devices.db", new byte[3]).gzip();

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> ArchiveReader.readManifest(new ByteArrayInputStream(archive)))
        .withMessageContaining("it has no manifest.json");
  }

  @Test
  void refusesADirectoryThatIsNotEmpty() throws IOException {
    Path precious = Files.writeString(target.resolve("devices.db"), "precious");

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> extract(Samples.archive(directory, Compression.GZIP, members)))
        .withMessageContaining("not empty")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT));
    assertThat(precious).hasContent("precious");
  }

  @Test
  void refusesADirectoryThatIsALink() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(
            () ->
                ArchiveReader.extract(
                    new ByteArrayInputStream(Samples.archive(directory, Compression.GZIP, members)),
                    link,
                    LIMITS,
                    read -> {}))
        .withMessageContaining("not a directory");
  }

  @Test
  void failuresOfTheSourceStayWhatTheyAre() {
    byte[] archive = Samples.archive(directory, Compression.GZIP, members);
    InputStream lost =
        new ByteArrayInputStream(archive) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            if (pos > archive.length / 2) {
              throw new EngineException(
                  ErrorKind.UNREACHABLE, "download", "archive", "connection lost");
            }
            return super.read(bytes, offset, Math.min(length, 100));
          }
        };

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> ArchiveReader.extract(lost, target, LIMITS, read -> {}))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE));
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void readsTheSourceToItsEnd() throws IOException {
    ByteArrayInputStream source =
        new ByteArrayInputStream(Samples.archive(directory, Compression.GZIP, members));

    ArchiveReader.extract(source, target, LIMITS, read -> {});

    assertThat(source.available()).isZero();
  }

  private ExtractedArchive extract(byte[] archive) {
    return ArchiveReader.extract(new ByteArrayInputStream(archive), target, LIMITS, read -> {});
  }

  private Path memberFiles() throws IOException {
    Path content = Files.createDirectory(directory.resolve("content"));
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      Files.write(content.resolve(member.getKey()), member.getValue());
    }
    Files.write(content.resolve("manifest.json"), ManifestJson.write(Samples.manifest(members)));
    return content;
  }
}
