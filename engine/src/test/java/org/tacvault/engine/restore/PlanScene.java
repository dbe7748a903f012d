package org.tacvault.engine.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestEntry;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.FileSource;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.source.SqliteSource;

/** A sample home and copies of all that is in it, as a backup of that moment holds them. */
record PlanScene(Path live, Path copies) {
  static final Instant TAKEN = Instant.parse("2026-11-23T03:00:00Z");
  static final Instant NOW = TAKEN.plus(Duration.ofHours(26));

  static PlanScene create(Path root, SampleSize size) throws IOException {
    PlanScene scene = at(root);
    SampleHome.create(scene.live, size, 1, TAKEN);
    Files.createDirectories(scene.copies);
    for (Source source : scene.sources()) {
      Files.copy(source.live(), scene.copies.resolve(source.member()));
    }
    return scene;
  }

  static PlanScene at(Path root) {
    return new PlanScene(root.resolve("live"), root.resolve("copies"));
  }

  List<Source> sources() {
    return List.of(
        new FileSource(Component.CONFIG, Members.TACACS_CONF, configFile()),
        database(Component.CONFIG, Members.OVERRIDES),
        database(Component.DEVICES, Members.DEVICES),
        database(Component.USERS, Members.USERS),
        database(Component.ACCOUNTING, Members.ACCOUNTING),
        database(Component.METRICS, Members.METRICS),
        database(Component.AUDIT, Members.AUDIT));
  }

  private Source database(Component component, String member) {
    return new SqliteSource(component, member, database(member));
  }

  Path configFile() {
    return live.resolve("config/tacacs.conf");
  }

  Path database(String member) {
    return live.resolve("data").resolve(member);
  }

  void change(String member, String... statements) throws SQLException {
    for (String statement : statements) {
      RestoreScene.execute(database(member), statement);
    }
  }

  void changeCopy(String member, String... statements) throws SQLException {
    RestoreScene.execute(copies.resolve(member), "PRAGMA journal_mode=DELETE");
    for (String statement : statements) {
      RestoreScene.execute(copies.resolve(member), statement);
    }
  }

  void replaceConfig(String old, String with) throws IOException {
    String text = Files.readString(configFile());
    if (!text.contains(old)) {
      throw new IllegalArgumentException("no '" + old + "' in the configuration");
    }
    Files.writeString(configFile(), text.replace(old, with));
  }

  RestorePlan plan() {
    return plan(manifest(Map.of()), SampleHome.INSTANCE_NAME, NOW);
  }

  RestorePlan plan(Manifest manifest, String instanceName, Instant now) {
    return new RestorePlanner().plan(sources(), copies, manifest, instanceName, now);
  }

  /** A manifest of all copies that are there, with other types for some of them. */
  Manifest manifest(Map<String, EntryType> types) {
    List<ManifestEntry> entries = new ArrayList<>();
    for (Source source : sources()) {
      if (Files.exists(copies.resolve(source.member()))) {
        EntryType type = types.getOrDefault(source.member(), source.type());
        entries.add(new ManifestEntry(source.member(), 1, "a".repeat(64), type, null, Map.of()));
      }
    }
    return new Manifest(
        new Manifest.Backup(
            "instance_0123abcd",
            SampleHome.INSTANCE_NAME,
            "host",
            "manual",
            TAKEN,
            "manual:admin",
            Manifest.VERSION,
            null),
        new Manifest.System("1", "", "17", "Linux"),
        new Manifest.Config("file", "b".repeat(64), false),
        entries,
        List.of(Members.METRICS),
        null,
        "gzip");
  }

  /** Every file of the home with a hash of its content. */
  Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(live)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(live.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  static RestorePlan.Member member(RestorePlan plan, String member) {
    return plan.members().stream()
        .filter(each -> each.member().equals(member))
        .findFirst()
        .orElseThrow();
  }

  static RestorePlan.Named named(RestorePlan plan, NamedKind kind) {
    return plan.members().stream()
        .flatMap(member -> member.named().stream())
        .filter(named -> named.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  static List<String> warnings(RestorePlan plan, PlanWarning.Kind kind) {
    return plan.warnings().stream()
        .filter(warning -> warning.kind() == kind)
        .map(PlanWarning::message)
        .toList();
  }

  static byte[] garbage() {
    return "this is no database, only text".repeat(100).getBytes(StandardCharsets.UTF_8);
  }
}
