package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.manifest.Manifest;

/** No damage to any byte may pass for a good archive of other content. */
class DamagedArchiveTest {
  private static final ArchiveLimits LIMITS = ArchiveLimits.forFreeSpace(1L << 30);

  @TempDir Path directory;

  private final Map<String, byte[]> members = new LinkedHashMap<>();

  @ParameterizedTest
  @EnumSource
  void refusesTruncationAtEveryByte(Compression compression) throws IOException {
    byte[] archive = smallArchive(compression);
    Path target = Files.createDirectory(directory.resolve("target"));

    for (int length = 0; length < archive.length; length++) {
      byte[] shortened = Arrays.copyOf(archive, length);
      assertThatExceptionOfType(EngineException.class)
          .as("%d of %d bytes", length, archive.length)
          .isThrownBy(() -> extract(shortened, target))
          .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED))
          .satisfies(failure -> assertThat(failure.hint()).isPresent());
      assertThat(target).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @EnumSource
  void neverAcceptsOtherContentAfterBitsFlipped(Compression compression) throws IOException {
    byte[] archive = smallArchive(compression);
    int changes = 0;
    int refused = 0;
    for (int at = 0; at < archive.length; at++) {
      for (int bits : new int[] {1, 0x80, 0xff}) {
        byte[] flipped = archive.clone();
        flipped[at] ^= (byte) bits;
        refused += isRefused(flipped, "bits " + bits + " of byte " + at) ? 1 : 0;
        changes++;
      }
    }

    // What may change unnoticed is a gzip header's time, system and extra field: 20 bytes at most.
    assertThat(refused).isGreaterThan(changes - 3 * 20);
  }

  private boolean isRefused(byte[] archive, String damage) throws IOException {
    Path target = Files.createTempDirectory(directory, "t");
    try {
      ExtractedArchive accepted = extract(archive, target);
      Map<String, byte[]> content = new HashMap<>();
      for (String member : accepted.members().keySet()) {
        content.put(member, Files.readAllBytes(accepted.file(member)));
      }
      assertThat(content).as(damage).containsExactlyInAnyOrderEntriesOf(members);
      assertThat(accepted.manifest()).as(damage).isEqualTo(manifest());
      return false;
    } catch (EngineException e) {
      assertThat(e.kind()).as(damage).isEqualTo(ErrorKind.VERIFICATION_FAILED);
      return true;
    }
  }

  private byte[] smallArchive(Compression compression) {
    members.put("tacacs.conf", "[server]\n".getBytes(UTF_8));
    members.put("audit_trail.db", new byte[0]);
    return Samples.archive(directory, compression, members);
  }

  private Manifest manifest() {
    return Samples.manifest(members);
  }

  private static ExtractedArchive extract(byte[] archive, Path target) {
    return ArchiveReader.extract(new ByteArrayInputStream(archive), target, LIMITS, read -> {});
  }
}
