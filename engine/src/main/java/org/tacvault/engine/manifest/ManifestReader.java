package org.tacvault.engine.manifest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Printable;
import org.tacvault.engine.source.EntryType;
import tools.jackson.databind.JsonNode;

/** From the JSON document to the {@link Manifest}: strict in what is used, blind to the rest. */
final class ManifestReader {
  private static final Pattern FORMAT_VERSION = Pattern.compile("(\\d{1,4})\\.\\d{1,4}");
  private static final int MAJOR = 1;

  private ManifestReader() {}

  static Manifest read(JsonNode document) {
    JsonFields root = new JsonFields(document, "");
    requireKnownVersion(root.object("backup_metadata"));
    Manifest manifest =
        new Manifest(
            backup(root.object("backup_metadata")),
            system(root.object("system_info")),
            config(root.object("config_info")),
            root.objects("contents").stream().map(ManifestReader::entry).toList(),
            root.optionalTexts("missing"),
            milliseconds(root.optionalCount("snapshot_spread_ms")),
            root.optionalText("compression"));
    requireTotal(root, manifest.contents());
    return manifest;
  }

  // Before anything else: another version may well have other fields.
  private static void requireKnownVersion(JsonFields backup) {
    String version = backup.text("backup_version");
    Matcher matcher = FORMAT_VERSION.matcher(version);
    if (!matcher.matches()) {
      throw backup.wrong("backup_version", "is not a version: '" + Printable.of(version) + "'");
    }
    if (Integer.parseInt(matcher.group(1)) != MAJOR) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED,
              "read manifest",
              Manifest.FILE,
              "backup_version " + version + " is not supported, only " + MAJOR + ".x is")
          .withHint("update tacvault: this archive was made by another version of the format");
    }
  }

  private static Manifest.Backup backup(JsonFields fields) {
    return new Manifest.Backup(
        fields.optionalText("instance_id"),
        fields.text("instance_name"),
        fields.text("hostname"),
        fields.text("backup_type"),
        timestamp(fields),
        fields.text("triggered_by"),
        fields.text("backup_version"),
        fields.optionalText("comment"));
  }

  private static Instant timestamp(JsonFields fields) {
    String text = fields.text("timestamp_utc");
    return IsoTime.read(text)
        .orElseThrow(
            () ->
                fields.wrong(
                    "timestamp_utc", "is not an ISO 8601 time: '" + Printable.of(text) + "'"));
  }

  private static Manifest.System system(JsonFields fields) {
    return new Manifest.System(
        fields.textOrEmpty("server_version"),
        fields.textOrEmpty("python_version"),
        fields.textOrEmpty("java_version"),
        fields.textOrEmpty("platform"));
  }

  private static Manifest.Config config(JsonFields fields) {
    return new Manifest.Config(
        fields.text("config_source"), fields.text("config_hash"), fields.flag("has_overrides"));
  }

  private static ManifestEntry entry(JsonFields fields) {
    String sha256 = fields.text("checksum_sha256").toLowerCase(Locale.ROOT);
    if (!ManifestEntry.isSha256(sha256)) {
      throw fields.wrong("checksum_sha256", "must be 64 hex digits");
    }
    String type = fields.text("type");
    return new ManifestEntry(
        fields.text("file"),
        fields.count("size_bytes"),
        sha256,
        EntryType.of(type)
            .orElseThrow(() -> fields.wrong("type", "is unknown: '" + Printable.of(type) + "'")),
        fields.optionalCount("records"),
        fields.optionalCounts("tables"));
  }

  private static void requireTotal(JsonFields root, List<ManifestEntry> contents) {
    long declared = root.count("total_size_bytes");
    long sum = 0;
    try {
      for (ManifestEntry entry : contents) {
        sum = Math.addExact(sum, entry.sizeBytes());
      }
    } catch (ArithmeticException e) {
      throw root.wrong("contents", "has sizes that cannot be: their sum is beyond 2^63");
    }
    if (declared != sum) {
      throw root.wrong(
          "total_size_bytes", "is " + declared + ", but the listed files sum up to " + sum);
    }
  }

  private static @Nullable Duration milliseconds(@Nullable Long count) {
    return count == null ? null : Duration.ofMillis(count);
  }
}
