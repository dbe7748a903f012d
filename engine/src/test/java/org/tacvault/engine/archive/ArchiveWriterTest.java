package org.tacvault.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestJson;

class ArchiveWriterTest {
  @TempDir Path directory;

  private final Map<String, byte[]> members = Samples.members();

  @ParameterizedTest
  @EnumSource
  void writesPlainPrivateFilesWithTheManifestFirst(Compression compression) throws IOException {
    byte[] archive = Samples.archive(directory, compression, members);

    List<TarArchiveEntry> entries = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(Decompression.open(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(entry);
      }
    }

    assertThat(entries)
        .extracting(TarArchiveEntry::getName)
        .containsExactly("./manifest.json", "./devices.db", "./tacacs.conf", "./audit_trail.db");
    assertThat(entries)
        .allSatisfy(
            entry -> {
              assertThat(entry.isFile()).isTrue();
              assertThat(entry.getMode()).isEqualTo(0600);
              assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
              assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
              assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo("2026-11-23T01:02:14Z");
              assertThat(entry.getExtraPaxHeaders()).isEmpty();
            });
  }

  @Test
  void theSameInputGivesTheSameBytes() {
    assertThat(Samples.archive(directory, Compression.GZIP, members))
        .isEqualTo(Samples.archive(directory, Compression.GZIP, members));
  }

  @ParameterizedTest
  @EnumSource
  void stockTarUnpacksIt(Compression compression) throws IOException {
    Path file =
        Files.write(
            directory.resolve("a" + compression.suffix()),
            Samples.archive(directory, compression, members));
    Path target = Files.createDirectory(directory.resolve("target"));
    String option = compression == Compression.GZIP ? "-z" : "--zstd";

    StockTool.run("tar", option, "-xf", file.toString(), "-C", target.toString());

    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      assertThat(target.resolve(member.getKey())).hasBinaryContent(member.getValue());
    }
    assertThat(ManifestJson.read(Files.readAllBytes(target.resolve("manifest.json"))))
        .isEqualTo(Samples.manifest(members));
  }

  @Test
  void pythonReadsItAsItsOwn() throws IOException {
    Path file =
        Files.write(
            directory.resolve("a.tar.gz"), Samples.archive(directory, Compression.GZIP, members));
    Path target = Files.createDirectory(directory.resolve("target"));
    // As the Python server restores: refuse names that lead out, unpack, verify against the
    // manifest.
    Path script =
        Files.writeString(
            directory.resolve("restore.py"),
            """
            import hashlib, json, os, sys, tarfile
            archive, target = sys.argv[1:]
            with tarfile.open(archive, "r:gz") as tar:
                for member in tar.getmembers():
                    path = os.path.realpath(os.path.join(target, member.name))
                    assert path.startswith(os.path.realpath(target) + os.sep), member.name
                    assert member.isfile() and member.mode == 0o600
                tar.extractall(target)
            with open(os.path.join(target, "manifest.json")) as f:
                manifest = json.load(f)
            total = 0
            for entry in manifest["contents"]:
                with open(os.path.join(target, entry["file"]), "rb") as f:
                    content = f.read()
                assert len(content) == entry["size_bytes"]
                assert hashlib.sha256(content).hexdigest() == entry["checksum_sha256"]
                total += len(content)
            assert total == manifest["total_size_bytes"]
            assert manifest["encrypted"] is False
            print(len(manifest["contents"]), manifest["backup_metadata"]["timestamp_utc"])
            """);

    assertThat(
            StockTool.run("python3", script.toString(), file.toString(), target.toString()).strip())
        .isEqualTo("3 2026-11-23T01:02:14.514109+00:00");
  }

  @Test
  void tellsHowManyBytesOfTheFilesAreRead() {
    members.put("local_auth.db", Samples.mixed(300_000, 8));
    Manifest manifest = Samples.manifest(members);
    List<Long> seen = new ArrayList<>();

    new ArchiveWriter(Compression.GZIP, 1)
        .write(
            manifest,
            Samples.files(directory, members),
            OutputStream.nullOutputStream(),
            seen::add);

    assertThat(seen).isSorted().endsWith(manifest.totalSizeBytes()).hasSizeGreaterThan(3);
  }

  @Test
  void failsWhenAFileIsShorterThanItsManifestSays() throws IOException {
    assertChangeIsFound(new byte[10], "it has 10 bytes, the manifest says 5000");
  }

  @Test
  void failsWhenAFileIsLongerThanItsManifestSays() throws IOException {
    assertChangeIsFound(new byte[5_001], "it is longer than the manifest says: 5000");
  }

  @Test
  void failsWhenAFileHasOtherContentThanItsManifestSays() throws IOException {
    assertChangeIsFound(new byte[5_000], "its SHA-256 is not the one of the manifest");
  }

  @Test
  void failsWhenAFileIsGone() throws IOException {
    Map<String, Path> files = Samples.files(directory, members);
    Files.delete(files.get("devices.db"));

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> write(files, OutputStream.nullOutputStream()))
        .withMessageStartingWith("write archive devices.db: ")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  @Test
  void aFullDiskIsTold() {
    Map<String, Path> files = Samples.files(directory, members);

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> write(files, new CompressionContract.FullDisk(100)))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.NO_SPACE));
  }

  @Test
  void refusesNamesThatNoReaderWouldAccept() {
    for (String name : List.of("../devices.db", "other.db", "manifest.json")) {
      Map<String, byte[]> bad = Map.of(name, new byte[1]);

      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new ArchiveWriter(Compression.GZIP, 6)
                      .write(
                          Samples.manifest(bad),
                          Map.of(name, directory),
                          OutputStream.nullOutputStream(),
                          done -> {}));
    }
  }

  @Test
  void refusesFilesThatDoNotMatchTheManifest() {
    Map<String, Path> files = Samples.files(directory, members);
    Map<String, Path> fewer = new LinkedHashMap<>(files);
    fewer.remove("tacacs.conf");
    Map<String, Path> more = new LinkedHashMap<>(files);
    more.put("local_auth.db", directory);

    for (Map<String, Path> wrong : List.of(fewer, more)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> write(wrong, OutputStream.nullOutputStream()));
    }
  }

  @Test
  void aListenerThatThrowsEndsTheRunWithoutAWellFormedArchive() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(
            () ->
                new ArchiveWriter(Compression.GZIP, 6)
                    .write(
                        Samples.manifest(members),
                        Samples.files(directory, members),
                        out,
                        done -> {
                          throw new IllegalStateException("cancelled");
                        }))
        .isInstanceOf(IllegalStateException.class);
    CompressionContract.assertRefused(out.toByteArray());
  }

  private void assertChangeIsFound(byte[] changed, String reason) throws IOException {
    Map<String, Path> files = Samples.files(directory, members);
    Files.write(files.get("devices.db"), changed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> write(files, out))
        .withMessage("write archive devices.db: " + reason)
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED))
        .satisfies(failure -> assertThat(failure.hint()).isPresent());
    CompressionContract.assertRefused(out.toByteArray());
  }

  private void write(Map<String, Path> files, OutputStream out) {
    new ArchiveWriter(Compression.GZIP, 6).write(Samples.manifest(members), files, out, done -> {});
  }
}
