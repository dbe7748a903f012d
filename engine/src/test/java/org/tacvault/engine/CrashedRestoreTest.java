package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.History;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;

/**
 * Restores that die at every step: the next start leaves the home exactly as before or exactly as
 * after, nothing beside it, and the execution recorded as what happened. See {@link Deaths} for how
 * much of that one run tries.
 */
class CrashedRestoreTest {
  private static final Duration SOON = Duration.ofMinutes(5);
  private static final Duration LATER = Duration.ofHours(2);

  @TempDir Path root;
  private CrashScene scene;
  private Path archive;

  /** What is restored, into a home of which kind. */
  record Kind(Set<Component> components, History history, String journalMode) {
    CrashWork work(CrashScene scene, Path archive, boolean held) {
      return CrashWork.restore(
          scene.home().root(), CrashScene.NOW, archive, components, history, held);
    }
  }

  static List<Kind> all() {
    Set<Component> logs = EnumSet.of(Component.ACCOUNTING, Component.METRICS, Component.AUDIT);
    List<Kind> all = new ArrayList<>();
    for (String mode : List.of("WAL", "DELETE", "as they are")) {
      all.add(new Kind(Set.of(), History.REPLACE, mode));
      all.add(new Kind(EnumSet.of(Component.USERS), History.REPLACE, mode));
      all.add(new Kind(EnumSet.of(Component.CONFIG, Component.DEVICES), History.REPLACE, mode));
      all.add(new Kind(logs, History.REPLACE, mode));
      all.add(new Kind(logs, History.MERGE, mode));
    }
    return all;
  }

  /** One of all kinds, by the seed; or all. */
  static List<Kind> some() {
    List<Kind> all = all();
    Collections.shuffle(all, new Random(Deaths.SEED));
    return Deaths.ALL ? all : all.subList(0, 1);
  }

  @BeforeEach
  void createScene() {
    scene = new CrashScene(root);
    archive = archiveOfAnotherServer();
    SampleHome.create(scene.home().root(), SampleSize.SMALL, 7, EngineScene.NOW);
  }

  @AfterEach
  void endScene() {
    scene.close();
    System.out.println("deaths until now: " + Deaths.TRIED);
  }

  @ParameterizedTest
  @MethodSource("some")
  void isDoneOrUndoneByTheNextStart(Kind kind) throws Exception {
    use(kind.journalMode());
    Deaths deaths = deaths(kind.work(scene, archive, false), this::checkRestored);
    List<String> points = deaths.inEveryState(30);
    deaths.atSteps(points, 2);
    deaths.atRandom(Deaths.ALL ? 20 : 2, Deaths.ALL ? 40 : 5);
  }

  @ParameterizedTest
  @MethodSource("some")
  void isHeldOrUndoneByTheNextStart(Kind kind) throws Exception {
    use(kind.journalMode());
    deaths(kind.work(scene, archive, true), this::checkHeld).inEveryState(15);
  }

  @ParameterizedTest
  @MethodSource("some")
  void ofWhichTheKeepingDiesIsKeptOrHeldStill(Kind kind) throws Exception {
    Contents contents = hold(kind);
    CrashWork keep = CrashWork.of("keep", scene.home().root(), CrashScene.after(SOON));
    Deaths deaths = new Deaths(scene, keep, death -> checkKept(contents));
    deaths.atSteps(deaths.inEveryState(12), 1);
  }

  @ParameterizedTest
  @MethodSource("some")
  void thatGoesBackGoesBackWhole(Kind kind) throws Exception {
    Contents contents = hold(kind);
    CrashWork back = CrashWork.of("back", scene.home().root(), CrashScene.after(SOON));
    Deaths deaths = new Deaths(scene, back, death -> checkWentBack(contents, false));
    deaths.atSteps(deaths.inEveryState(12), 1);
    deaths.atRandom(Deaths.ALL ? 5 : 0, Deaths.ALL ? 20 : 3);
  }

  @ParameterizedTest
  @MethodSource("some")
  void whoseTimeIsOverGoesBackWhole(Kind kind) throws Exception {
    Contents contents = hold(kind);
    CrashWork open = CrashWork.of("open", scene.home().root(), CrashScene.after(LATER));
    new Deaths(scene, open, death -> checkWentBack(contents, true)).inEveryState(10);
  }

  @ParameterizedTest
  @MethodSource("some")
  void whoseRecoveryDiesIsRecoveredByTheNextOne(Kind kind) throws Exception {
    use(kind.journalMode());
    scene.save();
    Map<String, Object> before = scene.content();
    List<CrashScene.Image> images = scene.course(kind.work(scene, archive, false)).images();
    Map<String, Object> after = scene.content();
    List<CrashScene.Image> begun = new ArrayList<>(images);
    begun.removeIf(image -> !journalOf(image).contains("applying"));
    List<CrashScene.Image> committed = new ArrayList<>(images);
    committed.removeIf(image -> !journalOf(image).contains("committed"));
    List<CrashScene.Image> unfinished = new ArrayList<>();
    Collections.shuffle(begun, new Random(Deaths.SEED));
    unfinished.addAll(begun.subList(0, Deaths.ALL ? 3 : 1));
    unfinished.add(committed.get(0));
    for (CrashScene.Image image : unfinished) {
      scene.put(image);
      scene.save();
      CrashWork open = CrashWork.of("open", scene.home().root(), CrashScene.after(SOON));
      new Deaths(scene, open, death -> checkRestored(new Contents(before, after))).inEveryState(8);
    }
  }

  @Test
  void thatIsUndoneIsUndoneWholeOrNotAtAll() throws Exception {
    Files.delete(scene.home().data().resolve("devices.db"));
    Kind kind = some().get(0);
    CrashWork restore =
        CrashWork.restore(
            scene.home().root(),
            CrashScene.NOW.minusSeconds(60),
            archive,
            EnumSet.of(Component.DEVICES, Component.USERS),
            History.REPLACE,
            false);
    use(kind.journalMode());
    assertThat(scene.run(restore, (number, point) -> "free")).isEmpty();
    CrashWork undo = CrashWork.of("undo", scene.home().root(), CrashScene.NOW);
    Deaths deaths = deaths(undo, this::checkRestored);
    deaths.atSteps(deaths.inEveryState(12), 1);
  }

  /** What the server says before the work and after it. */
  record Contents(Map<String, Object> before, Map<String, Object> after) {}

  private interface Look {
    void at(Contents contents);
  }

  private Deaths deaths(CrashWork work, Look look) {
    scene.save();
    Map<String, Object> before = scene.content();
    assertThat(scene.run(work, (number, point) -> "free")).isEmpty();
    Contents contents = new Contents(before, scene.content());
    assertThat(contents.after()).isNotEqualTo(before);
    return new Deaths(scene, work, death -> look.at(contents));
  }

  /** A home in which a restore waits to be confirmed. */
  private Contents hold(Kind kind) throws SQLException {
    use(kind.journalMode());
    Map<String, Object> before = scene.content();
    assertThat(scene.run(kind.work(scene, archive, true), (number, point) -> "free")).isEmpty();
    scene.save();
    return new Contents(before, scene.content());
  }

  private static String journalOf(CrashScene.Image image) {
    Path journal = image.directory().resolve("home/data/restore-journal/journal.json");
    try {
      return Files.exists(journal) ? Files.readString(journal) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkRestored(Contents contents) {
    scene.nextStart(
        CrashScene.after(LATER),
        next -> {
          boolean done = isDone(contents);
          restores(next).stream()
              .filter(restore -> restore.startedAt().equals(CrashScene.NOW))
              .forEach(restore -> assertEnded(restore, done));
          assertThat(done && restores(next).isEmpty()).isFalse();
        });
    scene.assertClean();
  }

  private void checkHeld(Contents contents) {
    scene.nextStart(
        CrashScene.after(SOON),
        next -> {
          boolean done = isDone(contents);
          assertThat(next.engine().heldRestores().find().isPresent()).isEqualTo(done);
          restores(next).forEach(restore -> assertEnded(restore, done));
        });
    scene.nextStart(
        CrashScene.after(LATER),
        next -> {
          assertThat(scene.content()).isEqualTo(contents.before());
        });
    scene.assertClean();
  }

  private void checkKept(Contents contents) {
    scene.nextStart(
        CrashScene.after(SOON),
        next -> {
          assertThat(scene.content()).isEqualTo(contents.after());
          boolean held = next.engine().heldRestores().find().isPresent();
          assertThat(restores(next)).hasSize(1);
          assertThat(restores(next).get(0).result().warnings())
              .as("warnings")
              .hasSize(held ? 1 : 2);
        });
    scene.nextStart(
        CrashScene.after(LATER),
        next -> {
          assertThat(restores(next)).hasSize(isDone(contents) ? 1 : 2);
        });
    scene.assertClean();
  }

  private void checkWentBack(Contents contents, boolean isOver) {
    scene.nextStart(
        CrashScene.after(isOver ? LATER : SOON),
        next -> {
          boolean held = isDone(contents);
          assertThat(next.engine().heldRestores().find().isPresent()).isEqualTo(held);
          assertThat(held && isOver).isFalse();
        });
    scene.nextStart(
        CrashScene.after(LATER),
        next -> {
          assertThat(scene.content()).isEqualTo(contents.before());
          assertThat(restores(next))
              .filteredOn(restore -> restore.status() == ExecutionStatus.COMPLETED)
              .hasSize(2);
          Execution restore = restores(next).get(restores(next).size() - 1);
          assertThat(restore.result().warnings()).as("warnings").hasSize(2);
        });
    scene.assertClean();
  }

  private boolean isDone(Contents contents) {
    Map<String, Object> now = scene.content();
    assertThat(now).isIn(contents.before(), contents.after());
    return now.equals(contents.after());
  }

  private static void assertEnded(Execution restore, boolean done) {
    assertThat(restore.status())
        .as("%s", restore.errorMessage())
        .isEqualTo(done ? ExecutionStatus.COMPLETED : ExecutionStatus.FAILED);
  }

  private static List<Execution> restores(EngineScene next) {
    return next.engine().catalog().list(ExecutionFilter.newest().withKind(ExecutionKind.RESTORE));
  }

  private Path archiveOfAnotherServer() {
    Path other = root.resolve("other");
    SampleHome.create(other.resolve("home"), SampleSize.SMALL, 11, EngineScene.NOW);
    try (EngineScene otherScene = EngineScene.open(other, Map.of())) {
      return otherScene.archive();
    }
  }

  private void use(String journalMode) throws SQLException {
    if (journalMode.equals("as they are")) {
      return;
    }
    for (String name : scene.content().keySet()) {
      Path file = scene.home().root().resolve(name);
      if (name.endsWith(".db")) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA journal_mode=" + journalMode);
        }
      }
    }
  }
}
