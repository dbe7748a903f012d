package org.tacvault.engine.destination;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * What every destination does. A provider's test gives a fresh, empty store and a way behind it.
 */
public abstract class DestinationContract {
  protected static final Instant TAKEN = Instant.parse("2026-03-01T02:30:00Z");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  protected Destination destination;

  /** Opens a destination whose base path exists and is empty. */
  protected abstract Destination open() throws Exception;

  /** Puts a file below the base path, not through the destination. */
  protected abstract void placeForeignFile(String relativePath, byte[] content) throws Exception;

  /** Paths of all files below the base path, hidden ones too, as the store itself sees them. */
  protected abstract List<String> allFiles() throws Exception;

  /** More than the heap, so that a provider that holds an archive in memory fails. */
  protected long bigContentBytes() {
    return Runtime.getRuntime().maxMemory() + (64 << 20);
  }

  protected static String path(String instance, String type, Instant takenAt) {
    return new ArchiveName(instance, takenAt, type, 1, ".tar.gz").relativePath();
  }

  protected static void assertKind(ErrorKind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  @BeforeEach
  void openDestination() throws Exception {
    destination = open();
  }

  @AfterEach
  void closeDestination() throws Exception {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(30, SECONDS)).isTrue();
    destination.close();
  }

  @Test
  void getReturnsWhatWasPut() throws Exception {
    Content content = TestContent.random(1, 1_000_003);
    StoredArchive stored = destination.put(path("fra1", "manual", TAKEN), content);
    assertThat(stored.sizeBytes()).isEqualTo(1_000_003);
    assertThat(stored.filename()).isEqualTo("backup-fra1-20260301-023000-manual.tar.gz");
    assertThat(stored.instanceName()).contains("fra1");
    assertThat(stored.takenAt()).isEqualTo(TAKEN);
    assertThat(stored.modified()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(TestContent.sha256(destination.get(stored.path())))
        .isEqualTo(TestContent.sha256(content));
  }

  @Test
  void takesRelativePathsAsWellAsListedOnes() throws Exception {
    String relative = path("fra1", "manual", TAKEN);
    StoredArchive stored = destination.put(relative, TestContent.of(new byte[] {1, 2, 3}));
    assertThat(read(relative)).containsExactly(1, 2, 3);
    assertThat(read(stored.path())).containsExactly(1, 2, 3);
    assertThat(destination.stat(relative)).isEqualTo(destination.stat(stored.path()));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999_999, 1_000_000, 1_000_001})
  void readingGoesOnWhereItWasCut(long offset) throws Exception {
    byte[] bytes = new byte[1_000_000];
    new Random(2).nextBytes(bytes);
    String relative = path("fra1", "manual", TAKEN);
    destination.put(relative, TestContent.of(bytes));
    try (InputStream in = destination.get(relative, offset)) {
      int from = (int) Math.min(offset, bytes.length);
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, from, bytes.length));
    }
  }

  @Test
  void storesEmptyContent() throws Exception {
    String relative = path("fra1", "manual", TAKEN);
    destination.put(relative, TestContent.of(new byte[0]));
    assertThat(read(relative)).isEmpty();
    assertThat(destination.list()).singleElement().extracting("sizeBytes").isEqualTo(0L);
  }

  @Test
  void emptyStoreListsNothing() {
    assertThat(destination.list()).isEmpty();
  }

  @Test
  void showsAnArchiveOnlyWhenItIsWhole() throws Exception {
    CountDownLatch halfWritten = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    String relative = path("fra1", "manual", TAKEN);
    Content content =
        TestContent.of(
            200_000,
            out -> {
              out.write(new byte[100_000]);
              out.flush();
              halfWritten.countDown();
              await(goOn);
              out.write(new byte[100_000]);
            });
    Future<StoredArchive> put = threads.submit(() -> destination.put(relative, content));
    assertThat(halfWritten.await(30, SECONDS)).isTrue();
    assertThat(destination.list()).isEmpty();
    assertKind(ErrorKind.NOT_FOUND, () -> destination.stat(relative));
    assertKind(ErrorKind.NOT_FOUND, () -> destination.get(relative).close());
    goOn.countDown();
    assertThat(put.get(30, SECONDS).sizeBytes()).isEqualTo(200_000);
    assertThat(destination.list()).hasSize(1);
  }

  @Test
  void contentThatFailsLeavesNothingBehind() throws Exception {
    IllegalStateException failure = new IllegalStateException("the archive broke");
    assertThatThrownBy(
            () ->
                destination.put(
                    path("fra1", "manual", TAKEN), TestContent.failingAfter(100_000, failure)))
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).isSameAs(failure),
            thrown -> assertThat(thrown).isInstanceOf(EngineException.class).hasCause(failure));
    assertThat(destination.list()).isEmpty();
    assertThat(allFiles()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {99_999, 100_001})
  void contentOfAnotherLengthThanItClaimsIsRefused(long claimed) throws Exception {
    Content content = TestContent.of(claimed, out -> out.write(new byte[100_000]));
    assertThatThrownBy(() -> destination.put(path("fra1", "manual", TAKEN), content))
        .isInstanceOf(EngineException.class);
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void neverOverwritesAnArchive() throws Exception {
    String relative = path("fra1", "manual", TAKEN);
    destination.put(relative, TestContent.of(new byte[] {1}));
    assertKind(
        ErrorKind.CONFLICT, () -> destination.put(relative, TestContent.of(new byte[] {2, 2})));
    assertThat(read(relative)).containsExactly(1);
    assertThat(allFiles()).hasSize(1);
  }

  @Test
  void listsEveryInstanceNewestFirst() {
    destination.put(path("fra1", "manual", TAKEN), TestContent.of(new byte[1]));
    destination.put(path("ams2", "scheduled", TAKEN.plusSeconds(60)), TestContent.of(new byte[2]));
    destination.put(path("fra1", "emergency", TAKEN.minusSeconds(60)), TestContent.of(new byte[3]));
    assertThat(destination.list())
        .extracting(archive -> archive.instanceName().orElseThrow(), StoredArchive::sizeBytes)
        .containsExactly(tuple("ams2", 2L), tuple("fra1", 1L), tuple("fra1", 3L));
  }

  @Test
  void listedArchivesAreWhatStatSays() {
    destination.put(path("fra1", "manual", TAKEN), TestContent.of(new byte[7]));
    StoredArchive listed = destination.list().get(0);
    assertThat(destination.stat(listed.path())).isEqualTo(listed);
  }

  @Test
  void listsEncryptedAndZstdArchives() {
    for (String suffix :
        List.of(".tar.gz.age", ".tar.gz.enc", ".tar.zst", ".tar.zst.age", ".tgz")) {
      ArchiveName name = new ArchiveName("fra1", TAKEN, "manual", 1, suffix);
      destination.put(name.relativePath(), TestContent.of(new byte[1]));
    }
    assertThat(destination.list()).hasSize(5);
  }

  @Test
  void leavesForeignAndUnfinishedFilesOutOfTheListing() throws Exception {
    destination.put(path("fra1", "manual", TAKEN), TestContent.of(new byte[1]));
    placeForeignFile("notes.txt", new byte[1]);
    placeForeignFile("fra1/manual/.hidden.tar.gz", new byte[1]);
    placeForeignFile("fra1/manual/backup-x.tar.gz.part", new byte[1]);
    placeForeignFile("fra1/manual/backup-x.tar.gz.manifest.json", new byte[1]);
    assertThat(destination.list()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"copied by hand.tar.gz", "Süd/größe 東京 – 1.tar.gz", "a b/c d/e'f\"g;h&i.tar.gz"})
  void archivesUnderOtherNamesAreListedReadAndDeleted(String relative) throws Exception {
    placeForeignFile(relative, new byte[] {4, 2});
    StoredArchive listed = destination.list().get(0);
    assertThat(listed.filename()).isEqualTo(relative.substring(relative.lastIndexOf('/') + 1));
    assertThat(listed.name()).isEmpty();
    assertThat(listed.takenAt()).isEqualTo(listed.modified());
    assertThat(read(listed.path())).containsExactly(4, 2);
    destination.delete(listed.path());
    assertThat(allFiles()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Süd/manual/größe 東京.tar.gz", "with space/a b.tar.gz.age"})
  void storesUnderAnyArchiveName(String relative) throws Exception {
    destination.put(relative, TestContent.of(new byte[] {9}));
    assertThat(read(destination.list().get(0).path())).containsExactly(9);
    assertThat(read(relative)).containsExactly(9);
  }

  @Test
  void aMissingArchiveIsNotFound() {
    String relative = path("fra1", "manual", TAKEN);
    assertKind(ErrorKind.NOT_FOUND, () -> destination.stat(relative));
    assertKind(ErrorKind.NOT_FOUND, () -> destination.get(relative).close());
    assertKind(ErrorKind.NOT_FOUND, () -> destination.delete(relative));
    destination.put(path("fra1", "manual", TAKEN.plusSeconds(1)), TestContent.of(new byte[1]));
    assertKind(ErrorKind.NOT_FOUND, () -> destination.stat(relative));
    assertKind(ErrorKind.NOT_FOUND, () -> destination.delete(relative));
  }

  @Test
  void deletesOneArchiveAndItsManifestFile() throws Exception {
    StoredArchive first =
        destination.put(path("fra1", "manual", TAKEN), TestContent.of(new byte[1]));
    String second = path("fra1", "manual", TAKEN.plusSeconds(1));
    destination.put(second, TestContent.of(new byte[1]));
    placeForeignFile(path("fra1", "manual", TAKEN) + ".manifest.json", new byte[1]);
    destination.delete(first.path());
    assertThat(destination.list()).singleElement().extracting("path").isNotEqualTo(first.path());
    assertThat(allFiles()).hasSize(1);
    assertKind(ErrorKind.NOT_FOUND, () -> destination.delete(first.path()));
  }

  @Test
  void doesNotHandOutOrDeleteWhatIsNoArchive() throws Exception {
    placeForeignFile("secrets.txt", new byte[1]);
    assertKind(ErrorKind.NOT_FOUND, () -> destination.get("secrets.txt").close());
    assertKind(ErrorKind.NOT_FOUND, () -> destination.delete("secrets.txt"));
    assertThat(allFiles()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "../outside.tar.gz",
        "fra1/../../outside.tar.gz",
        "fra1/./x.tar.gz",
        "fra1//x.tar.gz",
        "/etc/x.tar.gz",
        "~/x.tar.gz",
        "~root/x.tar.gz",
        "a\u0000b.tar.gz",
        "a\r\nDELE b.tar.gz",
        "..\\x.tar.gz",
        "fra1/"
      })
  void pathsThatLeadElsewhereAreRefused(String path) throws Exception {
    assertKind(ErrorKind.INVALID_INPUT, () -> destination.get(path).close());
    assertKind(ErrorKind.INVALID_INPUT, () -> destination.stat(path));
    assertKind(ErrorKind.INVALID_INPUT, () -> destination.delete(path));
    assertKind(ErrorKind.INVALID_INPUT, () -> destination.put(path, TestContent.of(new byte[1])));
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void refusesToStoreWhatAListingWouldNotShow() throws Exception {
    for (String path : List.of("fra1/x.zip", "fra1/.x.tar.gz", "fra1/x.tar.gz.part")) {
      assertKind(ErrorKind.INVALID_INPUT, () -> destination.put(path, TestContent.of(new byte[1])));
    }
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void connectionTestNamesItsStepsAndLeavesNothing() throws Exception {
    ConnectionReport report = destination.check();
    assertThat(report.failed()).isEmpty();
    assertThat(report.steps())
        .extracting(ConnectionReport.Step::name)
        .contains("write", "read back", "list", "delete");
    assertThat(report.steps())
        .allSatisfy(step -> assertThat(step.duration()).isGreaterThanOrEqualTo(Duration.ZERO));
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void connectionTestLeavesArchivesAlone() throws Exception {
    destination.put(path("fra1", "manual", TAKEN), TestContent.of(new byte[1]));
    assertThat(destination.check().passed()).isTrue();
    assertThat(destination.list()).hasSize(1);
  }

  @Test
  void streamsMoreThanTheHeapBothWays() throws Exception {
    Content content = TestContent.random(7, bigContentBytes());
    StoredArchive stored = destination.put(path("fra1", "manual", TAKEN), content);
    assertThat(stored.sizeBytes()).isEqualTo(bigContentBytes());
    assertThat(TestContent.sha256(destination.get(stored.path())))
        .isEqualTo(TestContent.sha256(content));
  }

  @Test
  void storesSeveralArchivesAtTheSameTime() throws Exception {
    List<Future<StoredArchive>> puts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String relative = path("fra1", "manual", TAKEN.plusSeconds(i));
      Content content = TestContent.random(i, 300_000 + i);
      puts.add(threads.submit(() -> destination.put(relative, content)));
    }
    for (int i = 0; i < 8; i++) {
      String stored = puts.get(i).get(60, SECONDS).path();
      assertThat(TestContent.sha256(destination.get(stored)))
          .isEqualTo(TestContent.sha256(TestContent.random(i, 300_000 + i)));
    }
    assertThat(destination.list()).hasSize(8);
    assertThat(allFiles()).hasSize(8);
  }

  @Test
  void ofSeveralPutsOfOneNameExactlyOneWins() throws Exception {
    int rivals = 6;
    CyclicBarrier start = new CyclicBarrier(rivals);
    String relative = path("fra1", "manual", TAKEN);
    List<Future<StoredArchive>> puts = new ArrayList<>();
    for (int i = 0; i < rivals; i++) {
      Content content = TestContent.random(i, 50_000 + i);
      Callable<StoredArchive> put =
          () -> {
            start.await(30, SECONDS);
            return destination.put(relative, content);
          };
      puts.add(threads.submit(put));
    }
    List<Integer> winners = new ArrayList<>();
    for (int i = 0; i < rivals; i++) {
      if (won(puts.get(i))) {
        winners.add(i);
      }
    }
    assertThat(winners).hasSize(1);
    int winner = winners.get(0);
    assertThat(TestContent.sha256(destination.get(relative)))
        .isEqualTo(TestContent.sha256(TestContent.random(winner, 50_000 + winner)));
    assertThat(allFiles()).hasSize(1);
  }

  private static boolean won(Future<StoredArchive> put) throws Exception {
    try {
      put.get(60, SECONDS);
      return true;
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .isInstanceOfSatisfying(
              EngineException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT));
      return false;
    }
  }

  private byte[] read(String path) throws IOException {
    try (InputStream in = destination.get(path)) {
      return in.readAllBytes();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, SECONDS)) {
        throw new IOException("nobody let the test go on");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
