package org.tacvault.engine.manifest;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** From the {@link Manifest} to the JSON document, laid out like Python's {@code indent=2}. */
final class ManifestWriter {
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final PrettyPrinter LAYOUT =
      new DefaultPrettyPrinter()
          .withSeparators(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(INDENT)
          .withArrayIndenter(INDENT);

  private ManifestWriter() {}

  static byte[] write(Manifest manifest) {
    // Escapes keep any text whole, even half a surrogate pair that somebody pasted into a comment.
    return ManifestJson.MAPPER
        .writer()
        .with(LAYOUT)
        .with(JsonWriteFeature.ESCAPE_NON_ASCII)
        .writeValueAsBytes(document(manifest));
  }

  private static ObjectNode document(Manifest manifest) {
    ObjectNode root = ManifestJson.MAPPER.createObjectNode();
    backup(root.putObject("backup_metadata"), manifest.backup());
    system(root.putObject("system_info"), manifest.system());
    config(root.putObject("config_info"), manifest.config());
    ArrayNode contents = root.putArray("contents");
    manifest.contents().forEach(entry -> entry(contents.addObject(), entry));
    root.put("total_size_bytes", manifest.totalSizeBytes());
    // The Python server's fields; encryption lies around the archive, never inside it.
    root.put("encrypted", false);
    root.putNull("encryption_algorithm");
    root.putNull("encryption_metadata");
    ArrayNode missing = root.putArray("missing");
    manifest.missing().forEach(missing::add);
    if (manifest.snapshotSpread() != null) {
      root.put("snapshot_spread_ms", manifest.snapshotSpread().toMillis());
    }
    putUnlessNull(root, "compression", manifest.compression());
    return root;
  }

  private static void backup(ObjectNode node, Manifest.Backup backup) {
    node.put("instance_id", backup.instanceId());
    node.put("instance_name", backup.instanceName());
    node.put("hostname", backup.hostname());
    node.put("backup_type", backup.type());
    node.put("timestamp_utc", IsoTime.write(backup.timestamp()));
    node.put("triggered_by", backup.triggeredBy());
    node.put("backup_version", backup.version());
    putUnlessNull(node, "comment", backup.comment());
  }

  private static void system(ObjectNode node, Manifest.System system) {
    node.put("server_version", system.serverVersion());
    node.put("python_version", system.pythonVersion());
    node.put("java_version", system.javaVersion());
    node.put("platform", system.platform());
  }

  private static void config(ObjectNode node, Manifest.Config config) {
    node.put("config_source", config.source());
    node.put("config_hash", config.hash());
    node.put("has_overrides", config.hasOverrides());
  }

  private static void entry(ObjectNode node, ManifestEntry entry) {
    node.put("file", entry.file());
    node.put("size_bytes", entry.sizeBytes());
    node.put("checksum_sha256", entry.sha256());
    node.put("type", entry.type().id());
    if (entry.records() != null) {
      node.put("records", entry.records());
    }
    if (!entry.tables().isEmpty()) {
      tables(node.putObject("tables"), entry.tables());
    }
  }

  private static void tables(ObjectNode node, Map<String, Long> tables) {
    tables.forEach(node::put);
  }

  private static void putUnlessNull(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
