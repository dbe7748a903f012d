package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tacvault.engine.testing.ChildJvm;

/**
 * Lets one piece of work die in every way and place, or in some that the seed chooses, and looks
 * each time what the next start makes of it. {@code -Dtacvault.crashes=all} tries all states on the
 * way, and many deaths; {@code -Dtacvault.seed} makes another choice.
 */
final class Deaths {
  static final boolean ALL = "all".equals(System.getProperty("tacvault.crashes"));
  static final long SEED = Long.getLong("tacvault.seed", 20_261_129);

  /** How many deaths of each kind were tried in this process. */
  static final Map<String, Integer> TRIED = new ConcurrentSkipListMap<>();

  private final CrashScene scene;
  private final CrashWork work;
  private final Random random;
  private final Check check;

  /** Makes the next start after {@code death}, and looks at what it made of the home. */
  @FunctionalInterface
  interface Check {
    void nextStart(String death);
  }

  Deaths(CrashScene scene, CrashWork work, Check check) {
    this.scene = scene;
    this.work = work;
    this.check = check;
    this.random = new Random(SEED ^ work.kind().hashCode());
  }

  /**
   * Every state that the work passes through is one that a kill may leave.
   *
   * @param some how many of them, unless all are tried
   * @return the steps of the work
   */
  List<String> inEveryState(int some) {
    scene.reset();
    CrashScene.Course course = scene.course(work);
    List<CrashScene.Image> images = new ArrayList<>(course.images());
    for (CrashScene.Image image : chosen(images, ALL ? images.size() : some)) {
      scene.put(image);
      check("state " + image.point());
    }
    return course.points();
  }

  /**
   * Real deaths at some of {@code points}, those of the journal among them: by an exception of the
   * disk or of SQLite, by halting, by {@code kill -9}.
   *
   * @param some how many of each kind, unless many are tried
   */
  void atSteps(List<String> points, int some) {
    List<Integer> all = IntStream.range(0, points.size()).boxed().toList();
    List<Integer> ofJournal = all.stream().filter(n -> isOfJournal(points.get(n))).toList();
    List<Integer> failing = all.stream().filter(n -> mayFail(points.get(n))).toList();
    dieAt(chosen(failing, ALL ? failing.size() / 15 : some), "throw");
    for (String death : List.of("halt", CrashScene.Director.KILL)) {
      dieAt(chosen(all, ALL ? all.size() / 120 : some), death);
    }
    for (String death : List.of("throw", "halt", CrashScene.Director.KILL)) {
      dieAt(chosen(ofJournal, ALL ? ofJournal.size() : some), death);
    }
  }

  /** Real kills, and images taken while the process is stopped, at random instants. */
  void atRandom(int kills, int images) {
    long length = length();
    for (int kill = 0; kill < kills; kill++) {
      long nanos = (long) (random.nextDouble() * length);
      String outcome = strike(nanos, child -> child.kill());
      scene.close();
      check("random kill after %d us, ended: %s".formatted(nanos / 1000, outcome));
    }
    for (int image = 0; image < images; image++) {
      long nanos = (long) (random.nextDouble() * length);
      List<CrashScene.Image> taken = new ArrayList<>();
      strike(nanos, child -> taken.add(stopped(child)));
      scene.put(taken.get(0));
      check("random state after %d us".formatted(nanos / 1000));
    }
  }

  /** Does the work, and something to its process after a time. */
  private String strike(long nanos, Consumer<ChildJvm> deed) {
    scene.reset();
    ChildJvm child = scene.process();
    List<CompletableFuture<Void>> striking = new ArrayList<>();
    String outcome =
        scene.run(
            work,
            (number, point) -> {
              striking.add(CompletableFuture.runAsync(() -> deed.accept(child), after(nanos)));
              return "free";
            });
    striking.forEach(CompletableFuture::join);
    return outcome;
  }

  private static Executor after(long nanos) {
    return CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS);
  }

  private CrashScene.Image stopped(ChildJvm child) {
    signal(child, "STOP");
    try {
      await().pollInterval(Duration.ofMillis(1)).until(() -> isStopped(child));
      return scene.image("stopped", "stopped");
    } finally {
      signal(child, "CONT");
    }
  }

  /** Whether each of its threads is: they hear the signal one after the other. */
  private static boolean isStopped(ChildJvm child) throws IOException {
    try (Stream<Path> threads =
        Files.list(Path.of("/proc/%d/task".formatted(child.process().pid())))) {
      return threads.allMatch(thread -> stateOf(thread) == 'T');
    }
  }

  /** As {@code proc_pid_stat(5)} has it: after the name, which is in parentheses. */
  private static char stateOf(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      // It ended meanwhile, or just now: looked at again.
      return ' ';
    }
  }

  private static void signal(ChildJvm child, String name) {
    try {
      String pid = String.valueOf(child.process().pid());
      assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How long the work takes without anybody watching. */
  private long length() {
    long shortest = Long.MAX_VALUE;
    for (int run = 0; run < 3; run++) {
      scene.reset();
      long began = System.nanoTime();
      scene.run(work, (number, point) -> "free");
      shortest = Math.min(shortest, System.nanoTime() - began);
    }
    return shortest;
  }

  private void dieAt(List<Integer> numbers, String death) {
    boolean fails = death.equals("throw");
    for (int fatal : numbers) {
      scene.reset();
      List<String> reached = new ArrayList<>();
      String outcome =
          scene.run(
              work,
              (number, point) -> {
                // Steps are not numbered the same in every run: locks are waited for.
                boolean now = reached.isEmpty() && number >= fatal && (mayFail(point) || !fails);
                if (now) {
                  reached.add(point);
                }
                return now ? death : "go";
              });
      check(death + " " + fatal + " " + reached + ", ended: " + outcome);
    }
  }

  private void check(String death) {
    TRIED.merge(death.replaceFirst(" (\\d|after).*", ""), 1, Integer::sum);
    try {
      check.nextStart(death);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("%s, %s, seed %d".formatted(work, death, SEED), e);
    }
  }

  /** Steps that listeners hear of, and writing the journal. */
  private static boolean isOfJournal(String point) {
    return point.startsWith("before")
        && (point.contains("Listener.") || point.contains("AtomicFiles.write>Files.move"));
  }

  /**
   * A connection that cannot be closed stays open as long as its process lives, and its files do.
   */
  private static boolean mayFail(String point) {
    return !(point.startsWith("before") && point.endsWith("Connection.close"));
  }

  private <T> List<T> chosen(List<T> from, int count) {
    List<T> mixed = new ArrayList<>(from);
    Collections.shuffle(mixed, random);
    return mixed.subList(0, Math.min(count, mixed.size()));
  }
}
