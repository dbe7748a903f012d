package org.tacvault.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.catalog.DamagedArchives;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Destinations;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.secret.Secret;

/**
 * What is needed to restore one server when everything else is lost; no secret.
 *
 * @param encryption {@code none}, {@code passphrase} or {@code recipients}
 * @param secretKeyId the key of destinations' secrets in the catalog; null when there are none
 * @param unlisted destinations that could not be looked at for newer ones, and why
 * @param unpack command that unpacks a backup with stock tools, in an empty directory
 * @param putBack command that then puts it in place, the server being stopped
 * @param restore command that restores it with Tacvault on a bare host
 */
record RecoverySheet(
    Instant madeAt,
    String instance,
    String instanceId,
    String home,
    String encryption,
    List<String> recipients,
    @Nullable String secretKeyId,
    @Nullable String secretKeyPlace,
    List<Place> destinations,
    String emergencyBackups,
    @Nullable Newest newestBackup,
    List<String> unlisted,
    String unpack,
    String putBack,
    String restore) {
  /** A destination without its secrets. */
  record Place(String name, String type, boolean enabled, Map<String, Object> config) {}

  /** The newest good backup of the server. */
  record Newest(String destination, String path, Instant takenAt) {}

  static RecoverySheet of(BackupEngine engine, Instant now) {
    ServerContext server = engine.server();
    BackupConfig settings = server.settings();
    List<String> recipients =
        settings.encryptionEnabled() ? settings.encryptionRecipients() : List.of();
    String encryption =
        !settings.encryptionEnabled() ? "none" : recipients.isEmpty() ? "passphrase" : "recipients";
    RecoveryCommands commands = new RecoveryCommands(server, encryption);
    Optional<String> keyId = engine.catalog().secrets().store().activeKeyId();
    Listing listing = new Listing();
    engine
        .destinations()
        .enabled()
        .forEach(row -> listing.add(row.name(), () -> engine.source(row)));
    return new RecoverySheet(
        now,
        server.instance().name(),
        server.instance().id(),
        engine.home().root().toString(),
        encryption,
        recipients,
        keyId.orElse(null),
        keyId.map(id -> engine.catalog().secrets().store().keyPlace()).orElse(null),
        places(engine.catalog().destinations()),
        server.config().defaultBackups().toString(),
        newest(engine, listing.rows(server.instance().name())),
        unlisted(listing),
        commands.unpack(),
        commands.putBack(),
        commands.restore());
  }

  private static List<Place> places(Destinations destinations) {
    return destinations.list().stream().map(row -> place(destinations, row)).toList();
  }

  private static Place place(Destinations destinations, DestinationRecord row) {
    Map<String, Object> open = new TreeMap<>();
    destinations
        .masked(row)
        .forEach(
            (key, value) -> {
              if (value != null && !value.equals("") && !value.equals(Secret.MASK)) {
                open.put(key, value);
              }
            });
    return new Place(row.name(), row.type(), row.enabled(), open);
  }

  private static @Nullable Newest newest(BackupEngine engine, List<Listing.Row> rows) {
    Set<String> damaged = DamagedArchives.of(engine.catalog());
    return rows.stream()
        .filter(row -> !BackupType.EMERGENCY.id().equals(row.type()))
        .filter(row -> !damaged.contains(row.path()))
        .findFirst()
        .map(row -> new Newest(row.destination(), row.path(), row.takenAt()))
        .orElse(null);
  }

  private static List<String> unlisted(Listing listing) {
    return listing.failures().stream()
        .map(each -> each.destination() + ": " + each.failure().reason())
        .toList();
  }
}
