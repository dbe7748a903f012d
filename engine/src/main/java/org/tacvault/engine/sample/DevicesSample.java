package org.tacvault.engine.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code devices.db}: realms, proxies, 48 groups with their secrets, and devices in them. */
final class DevicesSample {
  private static final List<Kind> KINDS =
      List.of(
          new Kind("core-routers", "rtr", "ios-xr", "NCS-5501"),
          new Kind("edge-routers", "edg", "ios", "ISR4451"),
          new Kind("distribution", "dst", "nxos", "N9K-C93180YC"),
          new Kind("access-switches", "acc", "ios", "C9300-48P"),
          new Kind("dc-fabric", "leaf", "nxos", "N9K-C9336C"),
          new Kind("firewalls", "fw", "asa", "FPR2140"),
          new Kind("wireless", "wlc", "ios", "C9800-40"),
          new Kind("oob-console", "oob", "ios", "IR1101"));
  private static final int HOSTS_PER_NETWORK = 250;
  private static final int NETWORKS_PER_KIND = 20;

  private record Kind(String group, String tag, String platform, String model) {}

  private DevicesSample() {}

  static void write(Path file, int devices, Dice dice, Instant now)
      throws IOException, SQLException {
    try (SampleDatabase database = SampleDatabase.create(file, "devices.sql")) {
      String created = Times.sql(now.minus(Duration.ofDays(400)));
      realms(database, created);
      proxies(database, created);
      groups(database, dice, created);
      devices(database, devices, dice, now);
      database.finish(SampleDatabase.Journal.WAL);
    }
  }

  private static void realms(SampleDatabase database, String created) throws SQLException {
    try (Rows rows = database.rows("realms", "name, description, created_at, updated_at")) {
      rows.add("default", "Default realm", created, created);
      for (Site site : Site.values()) {
        rows.add(site.code(), site.city() + " campus and data centre", created, created);
      }
    }
  }

  private static void proxies(SampleDatabase database, String created) throws SQLException {
    try (Rows rows = database.rows("proxies", "name, network, metadata, created_at, updated_at")) {
      for (Site site : Site.values()) {
        String metadata = "{\"site\": \"%s\", \"haproxy\": \"lb-%1$s-1\"}".formatted(site.code());
        rows.add("proxy-" + site.code(), site.network() + ".240.0/24", metadata, created, created);
      }
    }
  }

  private static void groups(SampleDatabase database, Dice dice, String created)
      throws SQLException {
    String columns =
        "name, description, realm_id, proxy_id, tacacs_profile, radius_profile, metadata,"
            + " created_at, updated_at";
    try (Rows rows = database.rows("device_groups", columns)) {
      for (Site site : Site.values()) {
        for (Kind kind : KINDS) {
          rows.add(
              site.code() + "-" + kind.group(),
              kind.group().replace('-', ' ') + " in " + site.city(),
              site.ordinal() + 2, // realm 1 is "default"
              KINDS.indexOf(kind) % 2 == 0 ? site.ordinal() + 1 : null,
              "{\"shell\": {\"priv-lvl\": \"15\", \"timeout\": \"" + dice.between(1, 6) + "0\"}}",
              "{\"service-type\": \"NAS-Prompt-User\"}",
              groupMetadata(site, kind, dice),
              created,
              created);
        }
      }
    }
  }

  private static String groupMetadata(Site site, Kind kind, Dice dice) {
    return """
        {"tacacs_secret": "%s", "radius_secret": "%s", "device_config": {"platform": "%s", \
        "ssh_port": 22, "config_backup": true}, "allowed_user_groups": ["netadmins", "%s"]}"""
        .formatted(dice.secret(24), dice.secret(20), kind.platform(), site.operationsGroup());
  }

  private static void devices(SampleDatabase database, int count, Dice dice, Instant now)
      throws SQLException {
    String columns =
        "name, network, network_start_int, network_end_int, metadata, group_id, created_at,"
            + " updated_at";
    int groups = Site.values().length * KINDS.size();
    try (Rows rows = database.rows("devices", columns)) {
      for (int number = 0; number < count; number++) {
        Site site = Site.values()[number % groups / KINDS.size()];
        int kindNumber = number % KINDS.size();
        Kind kind = KINDS.get(kindNumber);
        int inGroup = number / groups;
        String address = address(site, kindNumber, inGroup);
        long value = asNumber(address);
        String created = Times.sql(now.minus(Duration.ofMinutes(dice.between(60, 570_000))));
        rows.add(
            "%s1-%s-%04d".formatted(site.code(), kind.tag(), inGroup + 1),
            address + "/32",
            value,
            value,
            deviceMetadata(site, kind, dice),
            number % groups + 1,
            created,
            created);
      }
    }
  }

  private static String deviceMetadata(Site site, Kind kind, Dice dice) {
    return "{\"model\": \"%s\", \"serial\": \"SMP%07d\", \"rack\": \"%s1-r%02d-u%02d\"}"
        .formatted(
            kind.model(),
            dice.below(10_000_000),
            site.code(),
            dice.between(1, 40),
            dice.between(1, 42));
  }

  private static String address(Site site, int kind, int inGroup) {
    int network = kind * NETWORKS_PER_KIND + inGroup / HOSTS_PER_NETWORK;
    return site.network() + "." + network + "." + (2 + inGroup % HOSTS_PER_NETWORK);
  }

  private static long asNumber(String address) {
    long value = 0;
    for (String octet : address.split("\\.")) {
      value = value << 8 | Integer.parseInt(octet);
    }
    return value;
  }
}
