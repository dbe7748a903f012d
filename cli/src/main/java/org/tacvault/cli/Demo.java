package org.tacvault.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tacvault.cli.output.Sizes;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.EngineOptions;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.sample.SampleDisaster;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.sample.TableHashes;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.Source;

/** A server is made, backed up, ruined, restored and compared with what it was. */
final class Demo {
  private static final String TRIGGER = "manual:demo";
  private static final String DESTINATION = "demo";

  private final DemoDirectory directory;
  private final SampleSize size;
  private final long seed;
  private final InstantSource clock;
  private final Consumer<String> say;

  /** What was proven. */
  record Proof(
      BackupAnswer backup, SampleDisaster disaster, RestoreReport restore, int tables, int files) {}

  Demo(
      DemoDirectory directory,
      SampleSize size,
      long seed,
      InstantSource clock,
      Consumer<String> say) {
    this.directory = directory;
    this.size = size;
    this.seed = seed;
    this.clock = clock;
    this.say = say;
  }

  Proof run() {
    Home home = makeServer();
    Map<String, String> before = content(home);
    BackupAnswer backup = backUp(home);
    SampleDisaster disaster = strike(home);
    RestoreReport restore = restoreLatest(home);
    requireEqual(before, content(home));
    int tables = (int) before.keySet().stream().filter(name -> name.contains(":")).count();
    int files = (int) before.keySet().stream().map(name -> name.split(":")[0]).distinct().count();
    say.accept(
        "5. Compared   %d tables in %d databases, and tacacs.conf: all equal to before, by SHA-256"
            .formatted(tables, files - 1));
    return new Proof(backup, disaster, restore, tables, files);
  }

  private Home makeServer() {
    Instant start = clock.instant();
    Home home = SampleHome.create(directory.home(), size, seed, start);
    say.accept(
        "1. Server     %d people, %d devices, %,d accounting records: %s of data, made in %s"
            .formatted(
                size.users(), size.devices(), size.accountingRows(), bytes(home), since(start)));
    say.accept("              " + home.root());
    return home;
  }

  private BackupAnswer backUp(Home home) {
    try (BackupEngine engine = open(home)) {
      DestinationRecord row =
          engine
              .destinations()
              .add(
                  NewDestination.keepingDays(
                      DESTINATION,
                      "local",
                      Map.of("base_path", directory.backups().toString()),
                      30,
                      clock.instant(),
                      TRIGGER));
      BackupAnswer done =
          BackupAnswer.of(
              engine
                  .backups()
                  .run(
                      new BackupRequest(
                          engine.target(row),
                          BackupType.MANUAL,
                          TRIGGER,
                          "before the disaster",
                          BackupListener.NONE)),
              DESTINATION);
      say.accept(
          "2. Backup     %,d records in %d files, packed to %s, stored and read back, in %s"
              .formatted(
                  done.records(),
                  done.files(),
                  Sizes.human(done.packedBytes()),
                  Times.duration(Duration.ofMillis(done.durationMs()))));
      say.accept("              " + done.path());
      return done;
    }
  }

  private SampleDisaster strike(Home home) {
    SampleDisaster disaster = SampleDisaster.strike(home, seed);
    say.accept(
        "3. Disaster   all %d users deleted; device group %s with %d devices gone;"
            .formatted(
                disaster.usersDeleted(), disaster.groupDeleted(), disaster.devicesDeleted()));
    say.accept(
        "              tacacs.conf broken; accounting database overwritten with %s of garbage"
            .formatted(Sizes.human(disaster.bytesOverwritten())));
    return disaster;
  }

  private RestoreReport restoreLatest(Home home) {
    Instant start = clock.instant();
    try (BackupEngine engine = open(home);
        ChosenArchive latest = new LatestBackup(engine).find(null);
        PreparedRestore prepared =
            engine
                .restores()
                .prepare(
                    new RestoreRequest(
                        latest.ref(),
                        Set.of(),
                        Keys.none(),
                        RestoreOptions.PLAIN,
                        TRIGGER,
                        RestoreListener.NONE))) {
      RestoreReport report = prepared.apply();
      say.accept(
          "4. Restore    the latest backup checked and restored, all or nothing, in "
              + since(start));
      say.accept("              what was live before is kept: " + report.emergencyBackup());
      return report;
    }
  }

  /** Each table and file by name, with its hash. */
  private Map<String, String> content(Home home) {
    try (BackupEngine engine = open(home)) {
      Map<String, String> content = new LinkedHashMap<>();
      for (Source source : engine.server().sources()) {
        if (source.type() == EntryType.DATABASE) {
          TableHashes.of(source.live())
              .forEach((table, hash) -> content.put(source.member() + ":" + table, hash));
        } else {
          content.put(source.member(), Sha256.hex(source.live()));
        }
      }
      return content;
    } catch (IOException e) {
      throw IoFailures.of("read", home.root(), e);
    }
  }

  private static void requireEqual(Map<String, String> before, Map<String, String> after) {
    if (!before.equals(after)) {
      Map<String, String> differing = new LinkedHashMap<>(before);
      differing.entrySet().removeAll(after.entrySet());
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED,
              "compare",
              "the restored server with the one before",
              "these differ: " + String.join(", ", differing.keySet()))
          .withHint("this is a defect; please report it");
    }
  }

  /** Without the environment: it may be about a server that is in use. */
  private BackupEngine open(Home home) {
    return BackupEngine.open(new EngineOptions(home, Environment.of(Map.of()), clock));
  }

  private String since(Instant start) {
    return Times.duration(Duration.between(start, clock.instant()));
  }

  private static String bytes(Home home) {
    long sum = 0;
    try (Stream<Path> files = Files.list(home.data())) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
    } catch (IOException e) {
      throw IoFailures.of("measure", home.data(), e);
    }
    return Sizes.human(sum);
  }
}
