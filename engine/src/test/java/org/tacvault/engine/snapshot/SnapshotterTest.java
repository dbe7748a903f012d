package org.tacvault.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.sample.TableHashes;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.FileSource;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.source.SqliteSource;

class SnapshotterTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

  @TempDir Path root;
  private Path data;
  private List<Source> sources;

  @BeforeEach
  void createHome() {
    Path home = SampleHome.create(root.resolve("home"), SampleSize.SMALL, 3, NOW).root();
    data = home.resolve("data");
    sources =
        List.of(
            new FileSource(
                Component.CONFIG, Members.TACACS_CONF, home.resolve("config/tacacs.conf")),
            database(Component.DEVICES, Members.DEVICES),
            database(Component.METRICS, Members.METRICS));
  }

  @Test
  void copiesOfBothJournalModesHoldWhatIsLiveInTheOrderOfTheSources() {
    Snapshot snapshot = take(Snapshotter.OnBroken.FAIL);
    assertThat(snapshot.files())
        .extracting(SnapshotFile::member)
        .containsExactly(Members.TACACS_CONF, Members.DEVICES, Members.METRICS);
    for (String member : List.of(Members.DEVICES, Members.METRICS)) {
      assertThat(TableHashes.of(snapshot.directory().resolve(member)))
          .isEqualTo(TableHashes.of(data.resolve(member)));
    }
    assertThat(snapshot.files().get(2).records())
        .isEqualTo(snapshot.files().get(2).tables().values().stream().mapToLong(n -> n).sum());
    assertThat(snapshot.missing()).isEmpty();
    assertThat(snapshot.spread()).isZero();
  }

  @Test
  void missingSourcesAreSaid() throws IOException {
    Files.delete(data.resolve(Members.METRICS));
    assertThat(take(Snapshotter.OnBroken.FAIL).missing()).containsExactly(Members.METRICS);
  }

  @Test
  void damagedDatabaseFailsTheSnapshotByComponentAndPath() throws IOException {
    Files.write(data.resolve(Members.METRICS), new byte[2000]);
    assertThatThrownBy(() -> take(Snapshotter.OnBroken.FAIL))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
              assertThat(failure.operation()).isEqualTo("back up metrics");
              assertThat(failure.subject()).isEqualTo(data.resolve(Members.METRICS).toString());
            });
  }

  @Test
  void beforeARestoreTheBytesOfADamagedDatabaseAreKept() throws IOException {
    Path broken = Files.write(data.resolve(Members.METRICS), new byte[2000]);
    Snapshot snapshot = take(Snapshotter.OnBroken.KEEP_RAW);
    assertThat(snapshot.broken()).containsExactly(Members.METRICS);
    SnapshotFile kept = snapshot.files().get(2);
    assertThat(kept.type()).isEqualTo(EntryType.DATA);
    assertThat(kept.records()).isNull();
    assertThat(kept.path()).hasSameBinaryContentAs(broken);
  }

  @Test
  void homeWithoutAnyDatabaseIsNoBackup() throws IOException {
    Files.delete(data.resolve(Members.METRICS));
    Files.delete(data.resolve(Members.DEVICES));
    assertThatThrownBy(() -> take(Snapshotter.OnBroken.FAIL))
        .hasMessageContaining("none of the configured databases exists");
  }

  private Snapshot take(Snapshotter.OnBroken onBroken) {
    Path directory = root.resolve("copies");
    Path scratch = root.resolve("scratch");
    try {
      Files.createDirectories(directory);
      Files.createDirectories(scratch);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new Snapshotter(InstantSource.fixed(NOW), onBroken, (member, copied, total) -> {})
        .take(sources, directory, scratch);
  }

  private Source database(Component component, String member) {
    return new SqliteSource(component, member, data.resolve(member));
  }
}
