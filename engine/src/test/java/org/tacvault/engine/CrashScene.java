package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.sqlite.LiveReader;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.testing.FailpointLoader;
import org.tacvault.engine.testing.Tree;

/**
 * A home and a store on which a process works that is stopped, copied, made to fail or killed at
 * any of its steps; and where each piece of work begins.
 */
final class CrashScene implements AutoCloseable {
  /** When the work is done: files have real times, and the catalog keeps microseconds. */
  static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private static final String LEFTOVERS =
      ".*-(wal|shm|journal)|.*[.]part|.*/(backup_temp|restore-journal)/.*|.*/process-[^/]*[.]lock";

  private final Path root;
  private @Nullable ChildJvm process;

  CrashScene(Path root) {
    this.root = root;
  }

  /** What home and store are at one step, as {@code kill -9} would leave them there. */
  record Image(String point, Path directory) {}

  /**
   * What one piece of work came by.
   *
   * @param points all its steps
   * @param images what home and store were at them; equal ones once
   */
  record Course(List<String> points, List<Image> images) {}

  /** Says what happens at a step: {@code go}, {@code free}, {@code throw}, {@code halt}, kill. */
  @FunctionalInterface
  interface Director {
    /** Kills the process from outside. */
    String KILL = "kill";

    String at(int number, String point);
  }

  /** Home and store. */
  Path live() {
    return root.resolve("live");
  }

  Home home() {
    return Home.at(live().resolve("home"));
  }

  Path store() {
    return live().resolve("store");
  }

  /** What the server says now: not what is beside it. */
  Map<String, Object> content() {
    Map<String, Object> content = EngineScene.content(home().root());
    content.keySet().removeIf(name -> name.startsWith("data/restore-journal/"));
    return content;
  }

  /** All work begins with what is there now. */
  void save() {
    Tree.copy(live(), template());
  }

  void reset() {
    Tree.copy(template(), live());
  }

  void put(Image image) {
    Tree.move(image.directory(), live());
  }

  /** Does {@code work} to its end, and takes an image of every state on the way. */
  Course course(CrashWork work) {
    List<String> points = new ArrayList<>();
    List<Image> images = new ArrayList<>();
    Map<String, String> last = new HashMap<>();
    String outcome =
        run(
            work,
            (number, point) -> {
              points.add(point);
              Map<String, String> state = Tree.state(live());
              if (!state.equals(last)) {
                last.clear();
                last.putAll(state);
                images.add(image(number + " " + point, work.kind() + "-" + images.size()));
              }
              return "go";
            });
    assertThat(outcome).as("%s", work).isEmpty();
    return new Course(points, images);
  }

  /** Copies what is there now, without stopping anybody. */
  Image image(String point, String name) {
    Path directory = root.resolve("images").resolve(name);
    Tree.copy(live(), directory);
    return new Image(point, directory);
  }

  /** Does {@code work} as it is directed; returns how it failed, or nothing. */
  String run(CrashWork work, Director director) {
    try {
      ChildJvm child = process();
      child.send(work.line());
      int number = 0;
      for (String line = child.readLine(); line != null; line = child.readLine()) {
        if (line.startsWith("ended ")) {
          return line.substring("ended ".length());
        }
        if (line.startsWith("at ")) {
          direct(child, director.at(number++, line.substring("at ".length())));
        }
      }
      close();
      return "died";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the home as the next start does at {@code at}, which settles what is unfinished. */
  void nextStart(Instant at, Consumer<EngineScene> look) {
    EngineOptions options =
        new EngineOptions(home(), Environment.of(Map.of()), InstantSource.fixed(at));
    try (EngineScene scene = new EngineScene(home(), store(), BackupEngine.open(options))) {
      scene.assertNothingRuns();
      look.accept(scene);
    }
  }

  /** Nothing of the dead is left in the home, and every database is sound. */
  void assertClean() {
    try (Stream<Path> files = Files.walk(home().root())) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).noneSatisfy(file -> assertThat(file.toString()).matches(LEFTOVERS));
      all.stream().filter(file -> file.toString().endsWith(".db")).forEach(CrashScene::assertSound);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSound(Path database) {
    try (LiveReader reader = LiveReader.open(database);
        Statement statement = reader.connection().createStatement();
        ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(result.getString(1)).as("%s", database).isEqualTo("ok");
    } catch (SQLException e) {
      throw new IllegalStateException(database.toString(), e);
    }
  }

  static Instant after(Duration time) {
    return NOW.plus(time);
  }

  /** The process that does the work; another one when the last one died. */
  ChildJvm process() {
    ChildJvm running = process;
    if (running == null) {
      running = start();
      process = running;
    }
    return running;
  }

  private static ChildJvm start() {
    String loader = "-Djava.system.class.loader=" + FailpointLoader.class.getName();
    ChildJvm started = ChildJvm.start(List.of("-Xmx96m", loader), CrashProcess.class);
    try {
      started.awaitLine("ready");
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void direct(ChildJvm child, String command) throws IOException {
    if (command.equals(Director.KILL)) {
      child.kill();
    } else {
      child.send(command);
    }
  }

  private Path template() {
    return root.resolve("template");
  }

  @Override
  public void close() {
    ChildJvm ended = process;
    if (ended != null) {
      ended.close();
      process = null;
    }
  }
}
