package org.tacvault.engine.destination.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.DestinationContract;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.destination.TestContent;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class LocalDestinationTest extends DestinationContract {
  private static final byte[] ONE = {1};
  @TempDir Path directory;

  private Path base() {
    return directory.resolve("base");
  }

  @Override
  protected Destination open() throws IOException {
    Files.createDirectory(base());
    return new LocalSettings(base(), null).open();
  }

  @Override
  protected void placeForeignFile(String relativePath, byte[] content) throws IOException {
    Path file = base().resolve(relativePath);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  @Override
  protected List<String> allFiles() throws IOException {
    try (Stream<Path> files = Files.walk(base())) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  @Test
  void filesAreForTheirOwnerOnly() throws Exception {
    StoredArchive stored = destination.put(path("fra1", "manual", TAKEN), TestContent.of(ONE));
    assertThat(mode(Path.of(stored.path()))).isEqualTo("rw-------");
    assertThat(mode(base().resolve("fra1"))).isEqualTo("rwx------");
    assertThat(mode(base().resolve("fra1/manual"))).isEqualTo("rwx------");
  }

  @Test
  void listedPathsAreAbsolute() {
    destination.put(path("fra1", "manual", TAKEN), TestContent.of(ONE));
    assertThat(destination.list().get(0).path())
        .isEqualTo(base().resolve(path("fra1", "manual", TAKEN)).toString());
  }

  @Test
  void pathsBesideTheBaseAreRefused() throws Exception {
    Path beside = Files.createDirectory(directory.resolve("base-old")).resolve("x.tar.gz");
    Files.write(beside, ONE);
    assertKind(ErrorKind.INVALID_INPUT, () -> destination.delete(beside.toString()));
    assertThat(beside).exists();
  }

  @Test
  void linksOnTheWayAreRefusedAndNotListed() throws Exception {
    Path outside = Files.createDirectories(directory.resolve("outside/manual"));
    Files.write(outside.resolve("x.tar.gz"), ONE);
    Files.createSymbolicLink(base().resolve("fra1"), directory.resolve("outside"));
    Files.createSymbolicLink(base().resolve("y.tar.gz"), outside.resolve("x.tar.gz"));
    assertThat(destination.list()).isEmpty();
    for (String path : List.of("fra1/manual/x.tar.gz", "y.tar.gz")) {
      assertKind(ErrorKind.INVALID_INPUT, () -> destination.get(path).close());
      assertKind(ErrorKind.INVALID_INPUT, () -> destination.stat(path));
      assertKind(ErrorKind.INVALID_INPUT, () -> destination.delete(path));
    }
    assertKind(
        ErrorKind.INVALID_INPUT,
        () -> destination.put("fra1/manual/z.tar.gz", TestContent.of(ONE)));
    assertThat(outside).isDirectoryContaining("glob:**/x.tar.gz");
    assertThat(outside.resolve("z.tar.gz")).doesNotExist();
  }

  @Test
  void theBaseItselfMayBeALink() throws Exception {
    destination.put(path("fra1", "manual", TAKEN), TestContent.of(ONE));
    Path link = Files.createSymbolicLink(directory.resolve("link"), base());
    try (Destination linked = new LocalSettings(link, null).open()) {
      StoredArchive listed = linked.list().get(0);
      assertThat(listed.path()).startsWith(link + "/fra1/");
      assertThat(linked.stat(listed.path()).sizeBytes()).isEqualTo(1);
      linked.delete(listed.path());
    }
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void somethingElseThanAFileIsNoArchive() throws Exception {
    Files.createDirectories(base().resolve("fra1/x.tar.gz"));
    assertThat(destination.list()).isEmpty();
    assertKind(ErrorKind.NOT_FOUND, () -> destination.get("fra1/x.tar.gz").close());
    assertKind(ErrorKind.NOT_FOUND, () -> destination.delete("fra1/x.tar.gz"));
    assertKind(ErrorKind.CONFLICT, () -> destination.put("fra1/x.tar.gz", TestContent.of(ONE)));
  }

  @Test
  void aMissingBaseIsAnErrorWhenListedAndCreatedByTheFirstPut() throws Exception {
    Path missing = directory.resolve("not/there");
    try (Destination fresh = new LocalSettings(missing, null).open()) {
      assertThatThrownBy(fresh::list)
          .isInstanceOfSatisfying(
              EngineException.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND);
                assertThat(failure.hint().orElseThrow()).contains("mounted");
              });
      assertThat(fresh.usableSpace().orElseThrow()).isPositive();
      assertThat(fresh.sweep(Instant.now())).isZero();
      fresh.put(path("fra1", "manual", TAKEN), TestContent.of(ONE));
      assertThat(fresh.list()).hasSize(1);
      assertThat(mode(missing)).isEqualTo("rwx------");
    }
  }

  @Test
  void aBaseThatIsAFileFailsTheListingAndTheFirstStepOfTheTest() throws Exception {
    Path file = Files.write(directory.resolve("file"), ONE);
    try (Destination broken = new LocalSettings(file, null).open()) {
      assertThatThrownBy(broken::list)
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("is not a directory");
      ConnectionReport report = broken.check();
      assertThat(report.steps()).hasSize(1);
      assertThat(report.failed().orElseThrow().name()).isEqualTo("directory");
    }
  }

  @Test
  void hiddenDirectoriesAndLostAndFoundArePassedOver() throws Exception {
    placeForeignFile(".snapshot/hourly/x.tar.gz", ONE);
    placeForeignFile("lost+found/x.tar.gz", ONE);
    assertThat(destination.list()).isEmpty();
  }

  @Test
  void listsTenThousandArchivesInSeconds() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      placeForeignFile(path("site-" + i % 50, "scheduled", TAKEN.plusSeconds(i)), ONE);
    }
    Instant start = Instant.now();
    assertThat(destination.list()).hasSize(10_000);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void sweepsOnlyWhatADeadWriterLeft() throws Exception {
    Path dead = part("backup-a.tar.gz.0123abcd.part", Duration.ofHours(2));
    Path young = part("backup-b.tar.gz.0123abcd.part", Duration.ofMinutes(30));
    Path foreign = part("somebody.part", Duration.ofDays(9));
    destination.put(path("fra1", "manual", TAKEN), TestContent.of(ONE));
    assertThat(destination.sweep(Instant.now())).isEqualTo(1);
    assertThat(dead).doesNotExist();
    assertThat(young).exists();
    assertThat(foreign).exists();
    assertThat(destination.list()).hasSize(1);
  }

  @Test
  void partsOfTheDeadInADirectoryOfThisMachineGoSoon() throws Exception {
    Path dead = part("backup-a.tar.gz.0123abcd.part", Duration.ofMinutes(2));
    Path young = part("backup-b.tar.gz.0123abcd.part", Duration.ZERO);
    Path link = Files.createSymbolicLink(directory.resolve("link"), base());
    LocalDestination.removeDeadParts(link, Instant.now());
    assertThat(dead).as("behind a link, which may lead to other machines").exists();
    LocalDestination.removeDeadParts(base(), Instant.now());
    assertThat(dead).doesNotExist();
    assertThat(young).exists();
    LocalDestination.removeDeadParts(directory.resolve("missing"), Instant.now());
  }

  @Test
  void whatLiesBesideAnArchiveIsDeletedBeforeIt() throws Exception {
    String stored = destination.put(path("fra1", "manual", TAKEN), TestContent.of(ONE)).path();
    Path beside = Path.of(stored + ".manifest.json");
    Files.createDirectories(beside.resolve("cannot be deleted"));
    assertThatThrownBy(() -> destination.delete(stored)).isInstanceOf(EngineException.class);
    assertThat(destination.list()).hasSize(1);
  }

  @Test
  void sweepLeavesWhatThisProcessIsWriting() throws Exception {
    String relative = path("fra1", "manual", TAKEN);
    destination.put(
        relative,
        TestContent.of(
            3,
            out -> {
              out.write(new byte[3]);
              assertThat(destination.sweep(Instant.now().plus(Duration.ofDays(30)))).isZero();
              // The first sweep must not have cost us the lock that tells other processes.
              assertThat(OtherProcess.sweepLater(base())).isEqualTo("0 swept");
            }));
    assertThat(destination.stat(relative).sizeBytes()).isEqualTo(3);
  }

  @Test
  void sweepLeavesWhatAnotherProcessHasLocked() throws Exception {
    Path part = part("backup-a.tar.gz.0123abcd.part", Duration.ofDays(2));
    Process other = OtherProcess.lock(part);
    try {
      assertThat(destination.sweep(Instant.now())).isZero();
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(destination.sweep(Instant.now())).isEqualTo(1);
  }

  @Test
  void aKilledWriterLeavesNothingVisibleAndTheSweepTakesTheRest() throws Exception {
    Process other = OtherProcess.writeForever(base(), path("fra1", "manual", TAKEN));
    try {
      assertThat(destination.sweep(Instant.now().plus(Duration.ofDays(2)))).isZero();
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(destination.list()).isEmpty();
    assertThat(allFiles()).hasSize(1);
    assertThat(destination.sweep(Instant.now().plus(Duration.ofHours(2)))).isEqualTo(1);
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void publishesByRenameWhereThereAreNoHardLinks() throws Exception {
    PartFile.Linker none =
        (name, existing) -> {
          throw new FileSystemException(name.toString(), null, "Operation not permitted");
        };
    try (Destination fat = new LocalDestination(base(), none)) {
      String relative = path("fra1", "manual", TAKEN);
      fat.put(relative, TestContent.of(ONE));
      assertThat(fat.list()).hasSize(1);
      // The name appears while the content is written, so that only the publication can notice.
      String later = path("fra1", "manual", TAKEN.plusSeconds(1));
      assertKind(
          ErrorKind.CONFLICT,
          () ->
              fat.put(
                  later,
                  TestContent.of(
                      1,
                      out -> {
                        placeForeignFile(later, new byte[] {5});
                        out.write(1);
                      })));
      assertThat(Files.readAllBytes(base().resolve(later))).containsExactly(5);
      assertThat(allFiles()).hasSize(2);
    }
  }

  @Test
  void aNameThatAppearsWhileWritingIsNotOverwritten() throws Exception {
    String relative = path("fra1", "manual", TAKEN);
    assertKind(
        ErrorKind.CONFLICT,
        () ->
            destination.put(
                relative,
                TestContent.of(
                    1,
                    out -> {
                      placeForeignFile(relative, new byte[] {5});
                      out.write(1);
                    })));
    assertThat(Files.readAllBytes(base().resolve(relative))).containsExactly(5);
  }

  @Test
  void aFullDiskIsNamedAndLeavesNothing() throws Exception {
    try (SmallFileSystem disk = SmallFileSystem.mount(directory.resolve("small"), "size=1m");
        Destination full = new LocalSettings(disk.path(), null).open()) {
      assertThatThrownBy(
              () -> full.put(path("fra1", "manual", TAKEN), TestContent.random(1, 4 << 20)))
          .isInstanceOfSatisfying(
              EngineException.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(ErrorKind.NO_SPACE);
                assertThat(failure.hint().orElseThrow()).contains(disk.path().toString());
              });
      assertThat(full.list()).isEmpty();
      try (Stream<Path> left = Files.walk(disk.path())) {
        assertThat(left.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  @Test
  void theConnectionTestNamesADiskThatIsNearlyFull() throws Exception {
    try (SmallFileSystem disk = SmallFileSystem.mount(directory.resolve("small"), "size=1m");
        Destination full = new LocalSettings(disk.path(), null).open()) {
      Files.write(disk.path().resolve("filler"), new byte[512 << 10]);
      ConnectionReport report = full.check();
      assertThat(report.failed().orElseThrow().name()).isEqualTo("free space");
      assertThat(report.failed().orElseThrow().hint()).contains(disk.path().toString());
    }
  }

  @Test
  void aReadOnlyFileSystemIsNamed() throws Exception {
    try (SmallFileSystem disk = SmallFileSystem.mount(directory.resolve("ro"), "ro,size=1m");
        Destination readOnly = new LocalSettings(disk.path(), null).open()) {
      assertKind(
          ErrorKind.ACCESS_DENIED,
          () -> readOnly.put(path("fra1", "manual", TAKEN), TestContent.of(ONE)));
      ConnectionReport.Step failed = readOnly.check().failed().orElseThrow();
      assertThat(failed.name()).isEqualTo("write");
      assertThat(failed.failure()).contains("read-only");
    }
  }

  @Test
  void aDirectoryThatCannotBeReadIsAnErrorNotAnEmptyList() throws Exception {
    placeForeignFile("fra1/manual/x.tar.gz", ONE);
    Path locked = base().resolve("fra1/manual");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    try {
      assertThat(OtherProcess.listWithoutPrivileges(base())).isEqualTo("ACCESS_DENIED");
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(OtherProcess.listWithoutPrivileges(base())).isEqualTo("1 archives");
  }

  private Path part(String name, Duration age) throws IOException {
    Path part = Files.createDirectories(base().resolve("fra1/manual")).resolve("." + name);
    if (name.equals("somebody.part")) {
      part = part.resolveSibling(name);
    }
    Files.write(part, ONE);
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(age)));
    return part;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
