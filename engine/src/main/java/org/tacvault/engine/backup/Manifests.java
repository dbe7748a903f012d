package org.tacvault.engine.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.config.ConfigExport;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestEntry;
import org.tacvault.engine.snapshot.Snapshot;
import org.tacvault.engine.snapshot.SnapshotFile;

/** Describes a snapshot for those who will read its archive. */
record Manifests(ServerContext server, HostFacts host) {
  private static final String FROM_FILE = "file";

  Manifest of(
      Snapshot snapshot,
      SnapshotFile configExport,
      BackupType type,
      String triggeredBy,
      @Nullable String comment,
      Instant takenAt) {
    List<ManifestEntry> contents =
        new ArrayList<>(snapshot.files().stream().map(ManifestEntry::of).toList());
    contents.add(ManifestEntry.of(configExport));
    return new Manifest(
        new Manifest.Backup(
            server.instance().id(),
            server.instance().name(),
            host.hostname(),
            type.id(),
            takenAt,
            triggeredBy,
            Manifest.VERSION,
            comment),
        new Manifest.System(host.serverVersion(), "", host.javaVersion(), host.platform()),
        new Manifest.Config(
            FROM_FILE, ConfigExport.of(server.config()).hash(), server.hasOverrides()),
        contents,
        snapshot.missing(),
        snapshot.spread(),
        server.settings().compression().name().toLowerCase(Locale.ROOT));
  }
}
