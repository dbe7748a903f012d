package org.tacvault.engine.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class ManifestJsonTest {
  /** As the Python server writes it: other order, no additive fields, whole seconds. */
  private static final String PYTHON =
      """
      {
        "backup_metadata": {
          "instance_id": null,
          "instance_name": "tacacs-fra1",
          "hostname": "vm",
          "backup_type": "manual",
          "timestamp_utc": "2026-11-23T01:02:14+00:00",
          "triggered_by": "scheduler",
          "backup_version": "1.0"
        },
        "system_info": {"server_version": "0.1.0", "python_version": "3.11.2", "platform": "Linux"},
        "config_info": {"config_source": "url", "config_hash": "00ff", "has_overrides": false},
        "contents": [
          {
            "file": "devices.db",
            "size_bytes": 122880,
            "checksum_sha256": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "type": "database",
            "records": 205
          }
        ],
        "total_size_bytes": 122880,
        "encrypted": false,
        "encryption_algorithm": null,
        "encryption_metadata": null
      }
      """;

  @Test
  void readsWhatItWrote() {
    Manifest manifest = ManifestExamples.full();

    assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
  }

  @Test
  void writesFieldNamesAndLayoutOfThePythonServer() {
    assertThat(new String(ManifestJson.write(ManifestExamples.full()), UTF_8))
        .isEqualTo(
            """
            {
              "backup_metadata": {
                "instance_id": "instance_0123abcd",
                "instance_name": "fra1",
                "hostname": "tac-host",
                "backup_type": "manual",
                "timestamp_utc": "2026-11-23T01:02:14.500000+00:00",
                "triggered_by": "manual:admin",
                "backup_version": "1.0",
                "comment": "before the change of \\"Z\\u00FCrich\\" \\uD83D\\uDE80"
              },
              "system_info": {
                "server_version": "0.1.0",
                "python_version": "",
                "java_version": "17.0.15",
                "platform": "Linux 6.1 amd64"
              },
              "config_info": {
                "config_source": "file",
                "config_hash": "%2$s",
                "has_overrides": true
              },
              "contents": [
                {
                  "file": "devices.db",
                  "size_bytes": 4096,
                  "checksum_sha256": "%1$s",
                  "type": "database",
                  "records": 7,
                  "tables": {
                    "devices": 5,
                    "realms": 2
                  }
                },
                {
                  "file": "tacacs.conf",
                  "size_bytes": 10,
                  "checksum_sha256": "%2$s",
                  "type": "config"
                }
              ],
              "total_size_bytes": 4106,
              "encrypted": false,
              "encryption_algorithm": null,
              "encryption_metadata": null,
              "missing": [
                "audit_trail.db"
              ],
              "snapshot_spread_ms": 12,
              "compression": "gzip"
            }"""
                .formatted(ManifestExamples.SHA_A, ManifestExamples.SHA_B));
  }

  @Test
  void readsTheManifestOfThePythonServer() {
    Manifest manifest = read(PYTHON);

    assertThat(manifest.backup().instanceId()).isNull();
    assertThat(manifest.backup().comment()).isNull();
    assertThat(manifest.backup().timestamp()).isEqualTo(Instant.parse("2026-11-23T01:02:14Z"));
    assertThat(manifest.system().pythonVersion()).isEqualTo("3.11.2");
    assertThat(manifest.system().javaVersion()).isEmpty();
    assertThat(manifest.config()).isEqualTo(new Manifest.Config("url", "00ff", false));
    assertThat(manifest.missing()).isEmpty();
    assertThat(manifest.snapshotSpread()).isNull();
    ManifestEntry entry = manifest.entry("devices.db").orElseThrow();
    assertThat(entry.sha256()).isEqualTo(ManifestExamples.SHA_A);
    assertThat(entry.records()).isEqualTo(205);
    assertThat(entry.tables()).isEmpty();
  }

  @Test
  void ignoresFieldsThatItDoesNotKnow() {
    String json =
        PYTHON
            .replace("\"hostname\"", "\"rack\": {\"row\": [1, 2]}, \"hostname\"")
            .replace("\"encrypted\": false", "\"encrypted\": true, \"original_checksum\": \"x\"");

    assertThat(read(json)).isEqualTo(read(PYTHON));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T01:02:14.514109+00:00, 2026-11-23T01:02:14.514109Z",
    "2026-11-23T01:02:14Z,             2026-11-23T01:02:14Z",
    "2026-11-23T01:02:14.5,            2026-11-23T01:02:14.5Z",
    "2026-11-23T02:02:14+01:00,        2026-11-23T01:02:14Z"
  })
  void readsEveryIsoTime(String written, String meant) {
    Manifest manifest = read(PYTHON.replace("2026-11-23T01:02:14+00:00", written));

    assertThat(manifest.backup().timestamp()).isEqualTo(Instant.parse(meant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "instance_name": "tacacs-fra1" | "instance_name": 5 | backup_metadata.instance_name must be text
          "instance_name": "tacacs-fra1" | "instance_nam": "x" | backup_metadata.instance_name is missing
          "hostname": "vm" | "hostname": null | backup_metadata.hostname is missing
          2026-11-23T01:02:14+00:00 | yesterday | backup_metadata.timestamp_utc is not an ISO 8601 time: 'yesterday'
          2026-11-23T01 | 2026-13-23T01 | backup_metadata.timestamp_utc is not an ISO 8601 time
          "1.0" | "one" | backup_metadata.backup_version is not a version: 'one'
          "1.0" | 1.0 | backup_metadata.backup_version must be text
          "platform": "Linux" | "platform": [] | system_info.platform must be text
          "has_overrides": false | "has_overrides": "no" | config_info.has_overrides must be true or false
          "config_info" | "config" | config_info is missing
          "size_bytes": 122880 | "size_bytes": -1 | contents[0].size_bytes must be a whole number
          "size_bytes": 122880 | "size_bytes": 122880.5 | contents[0].size_bytes must be a whole number
          "size_bytes": 122880 | "size_bytes": "122880" | contents[0].size_bytes must be a whole number
          "size_bytes": 122880 | "size_bytes": 99999999999999999999 | contents[0].size_bytes must be a whole number
          "records": 205 | "records": -5 | contents[0].records must be a whole number
          "records": 205 | "tables": {"t": "x"} | contents[0].tables.t must be a whole number
          "records": 205 | "tables": [] | contents[0].tables must be an object
          "type": "database" | "type": "tape" | contents[0].type is unknown: 'tape'
          AAAAAAAA", | A", | contents[0].checksum_sha256 must be 64 hex digits
          "total_size_bytes": 122880 | "total_size_bytes": 122881 | total_size_bytes is 122881, but the listed files sum up to 122880
          "total_size_bytes": 122880, | | total_size_bytes is missing
          "encrypted": false | "missing": "x" | missing must be a list
          "encrypted": false | "missing": [1] | missing must be text
          "encrypted": false | "snapshot_spread_ms": -1 | snapshot_spread_ms must be a whole number
          "encrypted": false | "total_size_bytes": 122880 | not valid JSON: Duplicate
          """)
  void tellsWhatIsWrongAndWhere(String original, String replacement, String message) {
    String json = PYTHON.replace(original, replacement == null ? "" : replacement);

    assertThat(json).isNotEqualTo(PYTHON);
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> read(json))
        .withMessageStartingWith("read manifest manifest.json: ")
        .withMessageContaining(message)
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED))
        .satisfies(failure -> assertThat(failure.hint()).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{}x", "\u0000", "{\"contents\": [}"})
  void refusesWhatIsNoManifest(String document) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> read(document))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED));
  }

  @Test
  void refusesDocumentsThatFollowEachOther() {
    assertThatExceptionOfType(EngineException.class).isThrownBy(() -> read(PYTHON + "{}"));
  }

  @Test
  void refusesNewerFormatsBeforeLookingAtTheirFields() {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> read("{\"backup_metadata\": {\"backup_version\": \"2.0\"}}"))
        .withMessageContaining("backup_version 2.0 is not supported")
        .satisfies(
            failure ->
                assertThat(failure.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).startsWith("update tacvault")));
  }

  @Test
  void readsLaterMinorVersions() {
    assertThat(read(PYTHON.replace("\"1.0\"", "\"1.7\"")).backup().version()).isEqualTo("1.7");
  }

  @Test
  void refusesSizesThatOverflowTheirSum() {
    String size = String.valueOf(Long.MAX_VALUE);
    String entry = PYTHON.substring(PYTHON.indexOf("    {\n"), PYTHON.indexOf("\n  ],"));
    String json =
        PYTHON.replace(entry, entry + "," + entry).replace("122880,\n      \"ch", size + ", \"ch");

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> read(json))
        .withMessageContaining("beyond 2^63");
  }

  @Test
  void refusesDocumentsThatAreTooLong() {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> read(PYTHON + " ".repeat(ManifestJson.MAX_BYTES)))
        .withMessageContaining("longer than");
  }

  @Test
  void refusesToWriteWhatItCouldNotRead() {
    Manifest full = ManifestExamples.full();
    Manifest.Backup backup = full.backup();
    Manifest talkative =
        new Manifest(
            new Manifest.Backup(
                backup.instanceId(),
                backup.instanceName(),
                backup.hostname(),
                backup.type(),
                backup.timestamp(),
                backup.triggeredBy(),
                backup.version(),
                "x".repeat(ManifestJson.MAX_BYTES)),
            full.system(),
            full.config(),
            full.contents(),
            full.missing(),
            full.snapshotSpread(),
            full.compression());

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> ManifestJson.write(talkative))
        .satisfies(
            failure -> assertThat(failure.hint()).contains("shorten the comment of the backup"));
  }

  private static Manifest read(String json) {
    return ManifestJson.read(json.getBytes(UTF_8));
  }
}
