package org.tacvault.engine.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.io.Sha256;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code config_overrides.db}: settings changed at run time, the newest of each key active, with
 * history, versions and the identity of the instance.
 */
final class OverridesSample {
  private static final int CHANGES = 24;
  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("server", "max_connections", 150, 400),
          new Setting("security", "rate_limit_requests", 300, 900),
          new Setting("security", "max_connections_per_ip", 20, 80),
          new Setting("database", "cleanup_days", 180, 500));

  private record Setting(String section, String key, int least, int most) {}

  private final Map<String, Map<String, String>> effective;
  private final List<Person> people;
  private final Dice dice;

  private OverridesSample(SampleConfig config, List<Person> people, Dice dice) {
    effective = config.sections();
    this.people = people;
    this.dice = dice;
  }

  static void write(Path file, SampleConfig config, List<Person> people, Dice dice, Instant now)
      throws IOException, SQLException {
    try (SampleDatabase database = SampleDatabase.create(file, "overrides.sql")) {
      Instant start = now.minus(Duration.ofDays(200));
      identity(database, dice, Times.sql(start));
      new OverridesSample(config, people, dice).changes(database, start);
      database.finish(SampleDatabase.Journal.DELETE);
    }
  }

  private static void identity(SampleDatabase database, Dice dice, String created)
      throws SQLException {
    try (Rows rows = database.rows("system_metadata", "key, value, updated_at")) {
      rows.add("instance_id", "instance_%08x".formatted(dice.below(Integer.MAX_VALUE)), created);
      rows.add("instance_name", SampleHome.INSTANCE_NAME, created);
    }
  }

  private void changes(SampleDatabase database, Instant start) throws SQLException {
    try (Rows overrides =
            database.rows(
                "config_overrides",
                "section, key, value, value_type, created_at, created_by, active");
        Rows history =
            database.rows(
                "config_history",
                "section, key, old_value, new_value, value_type, changed_at, changed_by,"
                    + " change_reason, source_ip, config_hash");
        Rows versions =
            database.rows(
                "config_versions",
                "version_number, config_json, config_hash, created_at, created_by, description,"
                    + " is_baseline")) {
      for (int number = 0; number < CHANGES; number++) {
        Instant time = start.plus(Duration.ofDays(8L * number)).plusSeconds(dice.below(86_400));
        change(number, Times.sqlMicros(time), overrides, history, versions);
      }
    }
  }

  private void change(int number, String time, Rows overrides, Rows history, Rows versions)
      throws SQLException {
    Setting setting = SETTINGS.get(number % SETTINGS.size());
    Person who = dice.pick(people);
    String value = String.valueOf(dice.between(setting.least(), setting.most()));
    Map<String, String> section = effective.get(setting.section());
    String before = section.put(setting.key(), value);
    String json = JsonMapper.shared().writeValueAsString(effective);
    String hash = Sha256.hex(json.getBytes(StandardCharsets.UTF_8));
    boolean newest = number >= CHANGES - SETTINGS.size();
    overrides.add(
        setting.section(), setting.key(), value, "string", time, who.username(), newest ? 1 : 0);
    history.add(
        setting.section(),
        setting.key(),
        before,
        value,
        "string",
        time,
        who.username(),
        "CHG%06d".formatted(dice.below(1_000_000)),
        who.address(),
        hash);
    String what = "Updated " + setting.section() + " config: " + setting.key();
    versions.add(number + 1, json, hash, time, who.username(), what, number == 0 ? 1 : 0);
  }
}
