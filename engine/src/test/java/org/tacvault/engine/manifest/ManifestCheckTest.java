package org.tacvault.engine.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.tacvault.engine.manifest.ManifestExamples.SHA_A;
import static org.tacvault.engine.manifest.ManifestExamples.SHA_B;
import static org.tacvault.engine.manifest.ManifestExamples.entry;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class ManifestCheckTest {
  private final Manifest manifest =
      ManifestExamples.of(entry("devices.db", 10, SHA_A), entry("tacacs.conf", 5, SHA_B));
  private final ExtractedMember devices = new ExtractedMember("devices.db", 10, SHA_A);
  private final ExtractedMember config = new ExtractedMember("tacacs.conf", 5, SHA_B);

  @Test
  void findsNothingInAWholeArchive() {
    assertThat(ManifestCheck.problems(manifest, List.of(config, devices))).isEmpty();
    assertThatCode(() -> ManifestCheck.require(manifest, List.of(config, devices)))
        .doesNotThrowAnyException();
  }

  @Test
  void findsMembersThatAreMissing() {
    assertThat(ManifestCheck.problems(manifest, List.of(devices)))
        .containsExactly("tacacs.conf is in the manifest but not in the archive");
  }

  @Test
  void findsMembersThatNobodyListed() {
    ExtractedMember stranger = new ExtractedMember("local_auth.db", 1, SHA_A);

    assertThat(ManifestCheck.problems(manifest, List.of(devices, config, stranger)))
        .containsExactly("local_auth.db is in the archive but not in the manifest");
  }

  @Test
  void findsOtherSizes() {
    assertThat(
            ManifestCheck.problems(
                manifest, List.of(new ExtractedMember("devices.db", 9, SHA_A), config)))
        .containsExactly("devices.db has 9 bytes, the manifest says 10");
  }

  @Test
  void findsOtherContent() {
    assertThat(
            ManifestCheck.problems(
                manifest, List.of(new ExtractedMember("devices.db", 10, SHA_B), config)))
        .containsExactly("devices.db has SHA-256 " + SHA_B + ", the manifest says " + SHA_A);
  }

  @Test
  void findsDuplicatesOnBothSides() {
    Manifest twice =
        ManifestExamples.of(entry("devices.db", 10, SHA_A), entry("devices.db", 10, SHA_A));

    assertThat(ManifestCheck.problems(twice, List.of(devices, devices)))
        .containsExactly(
            "devices.db is twice in the archive", "devices.db is listed twice in the manifest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../devices.db",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "manifest.json",
        "a b"
      })
  void findsNamesThatCannotBe(String name) {
    Manifest bad = ManifestExamples.of(entry(name, 10, SHA_A));

    assertThat(ManifestCheck.problems(bad, List.of(new ExtractedMember(name, 10, SHA_A))))
        .contains("'" + name + "' is not a name that a manifest may list");
  }

  @Test
  void findsThatNothingIsListed() {
    assertThat(ManifestCheck.problems(ManifestExamples.of(), List.of()))
        .containsExactly("the manifest lists no files");
  }

  @Test
  void reportsAllProblemsTogether() {
    ExtractedMember stranger = new ExtractedMember("local_auth.db", 1, SHA_A);
    ExtractedMember shortDevices = new ExtractedMember("devices.db", 9, SHA_A);

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> ManifestCheck.require(manifest, List.of(shortDevices, stranger)))
        .withMessageContaining("devices.db has 9 bytes")
        .withMessageContaining("tacacs.conf is in the manifest but not")
        .withMessageContaining("local_auth.db is in the archive but not")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED))
        .satisfies(failure -> assertThat(failure.hint()).isPresent());
  }

  @Test
  void keepsTheMessageShortWhenThereAreVeryManyProblems() {
    Manifest many =
        ManifestExamples.of(
            IntStream.range(0, 30)
                .mapToObj(i -> entry("f" + i, 1, SHA_A))
                .toArray(ManifestEntry[]::new));

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> ManifestCheck.require(many, List.of()))
        .withMessageContaining("f19 is in the manifest")
        .withMessageNotContaining("f20 is in the manifest")
        .withMessageEndingWith("; and 10 more");
  }

  @Test
  void entriesCannotHoldNonsense() {
    assertThatIllegalArgumentException().isThrownBy(() -> entry("a", -1, SHA_A));
    assertThatIllegalArgumentException().isThrownBy(() -> entry("a", 1, "A".repeat(64)));
    assertThatIllegalArgumentException().isThrownBy(() -> entry("a", 1, ""));
  }
}
