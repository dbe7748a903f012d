package org.tacvault.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.testing.ChildJvm;

class RestorePlannerProcessTest {
  private static final int PLANS = 20;
  private static final long MOST_MILLIS = 60_000;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void plansWhileAnotherProcessWritesAllTheTime(String journal) throws Exception {
    PlanScene scene = PlanScene.create(root, SampleSize.SMALL);
    scene.change(Members.USERS, "PRAGMA journal_mode=" + journal);
    try (ChildJvm writer = ChildJvm.start(UserWriter.class, scene.database(Members.USERS))) {
      writer.awaitLine("ready");
      for (int round = 0; round < PLANS; round++) {
        RestorePlan plan = scene.plan();
        assertThat(plan.warnings()).isEmpty();
        assertThat(PlanScene.named(plan, NamedKind.USER).change())
            .satisfies(change -> assertThat(change.total()).isEqualTo(13))
            .satisfies(
                change ->
                    assertThat(change.first())
                        .allSatisfy(
                            user ->
                                assertThat(user.fields())
                                    .containsExactly("description", "service")));
      }
      writer.endInput();
      assertThat(Long.parseLong(writer.awaitLine("commits"))).isGreaterThan(PLANS);
      assertThat(writer.awaitExit()).isZero();
    }
  }

  @Test
  void keepsTheLogOfAnotherProcessAsItIs() throws Exception {
    PlanScene scene = PlanScene.create(root, SampleSize.SMALL);
    try (ChildJvm holder = ChildJvm.start(IdleHolder.class, scene.database(Members.USERS))) {
      holder.awaitLine("ready");
      assertThat(Files.size(scene.live().resolve("data/local_auth.db-wal"))).isPositive();
      Map<String, String> before = scene.files();
      RestorePlan plan = scene.plan();
      assertThat(PlanScene.named(plan, NamedKind.USER).disappear().first())
          .containsExactly("in-the-log");
      assertThat(withoutLocks(scene.files())).isEqualTo(withoutLocks(before));
      assertThat(scene.files().keySet()).isEqualTo(before.keySet());
      holder.endInput();
      assertThat(holder.awaitExit()).isZero();
    }
  }

  @Test
  void readsTheLogOfADeadWriterAndLeavesItAsItIs() throws Exception {
    PlanScene scene = PlanScene.create(root, SampleSize.SMALL);
    try (ChildJvm holder = ChildJvm.start(IdleHolder.class, scene.database(Members.USERS))) {
      holder.awaitLine("ready");
    }
    Files.delete(scene.live().resolve("data/local_auth.db-shm"));
    Map<String, String> before = scene.files();
    assertThat(before).containsKey("data/local_auth.db-wal");
    RestorePlan plan = scene.plan();
    assertThat(plan.warnings()).isEmpty();
    assertThat(PlanScene.named(plan, NamedKind.USER).disappear().first())
        .containsExactly("in-the-log");
    assertThat(scene.files()).isEqualTo(before);
    assertThat(scene.copies().resolve("live-aside")).isEmptyDirectory();
  }

  /** The shared memory holds who reads up to where, which is what it is for. */
  private static Map<String, String> withoutLocks(Map<String, String> files) {
    Map<String, String> others = new TreeMap<>(files);
    others.keySet().removeIf(name -> name.endsWith("-shm"));
    return others;
  }

  @Test
  void plansTenThousandDevicesAndManyRowsInSmallMemory() throws Exception {
    PlanScene scene = PlanScene.create(root, new SampleSize(500, 10_000, 200_000, 8_640, 1_500));
    scene.change(
        Members.DEVICES,
        "UPDATE devices SET tacacs_secret='x' WHERE id%2=0",
        "DELETE FROM devices WHERE id>9000");
    scene.change(
        Members.ACCOUNTING,
        "INSERT INTO accounting_logs(timestamp,username,session_id,status)"
            + " SELECT '2026-11-24 00:00:00',username,session_id,status FROM accounting_logs"
            + " WHERE id<=20000");
    try (ChildJvm child = ChildJvm.start(List.of("-Xmx64m"), PlanAtScale.class, root)) {
      long millis = Long.parseLong(child.awaitLine("millis"));
      assertThat(child.awaitLine("found"))
          .isEqualTo("1000 appear, 4500 change, 20000 lost, 4500 withdrawn, warnings 2, text true");
      assertThat(millis).isLessThan(MOST_MILLIS);
      System.out.println("planned in " + millis + " ms");
      assertThat(child.awaitExit()).isZero();
    }
  }
}
