package org.tacvault.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.engine.retention.Archives.archive;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacvault.engine.destination.StoredArchive;

class RetentionPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final RetentionFloors FLOORS = RetentionFloors.standard();

  private static Instant daysAgo(int days) {
    return NOW.minus(Duration.ofDays(days));
  }

  private static RetentionPlan plan(
      List<StoredArchive> archives, RetentionPolicy policy, RetentionFloors floors) {
    return RetentionPlanner.plan(archives, policy, floors, NOW);
  }

  @Test
  void theLastArchiveStaysHoweverOldItIs() {
    List<StoredArchive> archives =
        List.of(archive("fra1", "manual", daysAgo(500)), archive("fra1", "manual", daysAgo(400)));
    RetentionPlan plan = plan(archives, RetentionPolicy.keepDays(30), FLOORS);
    assertThat(plan.kept()).containsExactly(archives.get(1));
    assertThat(plan.decisions().get(0).reason()).isEqualTo("the newest good backup of fra1");
  }

  @Test
  void instancesDoNotCountForEachOther() {
    List<StoredArchive> archives =
        new ArrayList<>(Archives.daily(LocalDate.parse("2026-01-15"), 9));
    StoredArchive other = archive("fra2", "manual", daysAgo(300));
    archives.add(other);
    RetentionPlan plan = plan(archives, RetentionPolicy.keepCount(3), FLOORS);
    assertThat(plan.kept()).hasSize(4).contains(other);
    assertThat(plan.deleted()).hasSize(6);
  }

  @Test
  void foreignArchivesNeverGo() {
    StoredArchive foreign = Archives.foreign("copied by hand.tar.gz", daysAgo(3_000));
    List<StoredArchive> archives = List.of(foreign, archive("fra1", "manual", daysAgo(1)));
    assertThat(plan(archives, RetentionPolicy.keepCount(1), FLOORS).deleted()).isEmpty();
  }

  @Test
  void damagedArchivesTakeNobodysPlace() {
    List<StoredArchive> archives = Archives.daily(LocalDate.parse("2026-01-15"), 6);
    Set<StoredArchive> damaged = Set.of(archives.get(0), archives.get(1), archives.get(4));
    RetentionPlan plan =
        plan(
            archives,
            RetentionPolicy.keepCount(2),
            FLOORS.judging(archive -> !damaged.contains(archive)));
    assertThat(plan.kept()).isEqualTo(archives.subList(0, 5));
    assertThat(plan.deleted()).containsExactly(archives.get(5));
  }

  @Test
  void damagedArchivesGoAfterThirtyDaysOnceThereIsAGoodOne() {
    StoredArchive good = archive("fra1", "manual", daysAgo(60));
    StoredArchive damaged = archive("fra1", "manual", daysAgo(30));
    StoredArchive longDamaged = archive("fra1", "manual", daysAgo(31));
    RetentionPlan plan =
        plan(
            List.of(good, damaged, longDamaged),
            RetentionPolicy.keepCount(9),
            FLOORS.judging(good::equals));
    assertThat(plan.kept()).containsExactly(damaged, good);
  }

  @Test
  void nothingGoesWhileNoArchiveIsGood() {
    List<StoredArchive> archives = Archives.daily(LocalDate.parse("2025-01-15"), 6);
    RetentionPlan plan =
        plan(archives, RetentionPolicy.keepDays(1), FLOORS.judging(archive -> false));
    assertThat(plan.deleted()).isEmpty();
  }

  @Test
  void protectedArchivesStayWithTheirReason() {
    List<StoredArchive> archives = Archives.daily(LocalDate.parse("2026-01-15"), 5);
    RetentionPlan plan =
        plan(
            archives,
            RetentionPolicy.keepCount(1),
            FLOORS.protecting(Map.of(archives.get(3).path(), "pinned: audit")));
    assertThat(plan.kept()).containsExactly(archives.get(0), archives.get(3));
    assertThat(plan.decisions().get(3).reason()).isEqualTo("pinned: audit");
  }

  @Test
  void emergencyBackupsFollowTheirOwnRuleAndDoNotCount() {
    List<StoredArchive> archives = new ArrayList<>();
    for (int days : new int[] {6, 7, 8, 9, 10}) {
      archives.add(archive("fra1", "emergency", daysAgo(days)));
    }
    StoredArchive manual = archive("fra1", "manual", daysAgo(20));
    StoredArchive older = archive("fra1", "manual", daysAgo(21));
    archives.addAll(List.of(manual, older));
    RetentionPlan plan = plan(archives, RetentionPolicy.keepCount(1), FLOORS);
    assertThat(plan.kept())
        .containsExactly(archives.get(0), archives.get(1), archives.get(2), manual);
  }

  @Test
  void allEmergencyBackupsOfAWeekStayAndThreeOfAnyAge() {
    List<StoredArchive> recent =
        IntStream.range(0, 7).mapToObj(i -> archive("fra1", "emergency", daysAgo(i))).toList();
    assertThat(plan(recent, RetentionPolicy.keepCount(1), FLOORS).deleted()).isEmpty();
    List<StoredArchive> old =
        IntStream.range(90, 99).mapToObj(i -> archive("fra1", "emergency", daysAgo(i))).toList();
    assertThat(plan(old, RetentionPolicy.keepCount(1), FLOORS).kept()).isEqualTo(old.subList(0, 3));
  }

  @Test
  void archivesOfTheFutureStay() {
    StoredArchive future = archive("fra1", "manual", NOW.plus(Duration.ofDays(2)));
    List<StoredArchive> archives = List.of(future, archive("fra1", "manual", daysAgo(1)));
    for (RetentionPolicy policy : policies().toList()) {
      assertThat(plan(archives, policy, FLOORS).kept()).contains(future);
    }
  }

  @Test
  void anEmptyDestinationHasAnEmptyPlan() {
    assertThat(plan(List.of(), RetentionPolicy.keepDays(1), FLOORS).decisions()).isEmpty();
  }

  static Stream<RetentionPolicy> policies() {
    return Stream.of(
        RetentionPolicy.keepCount(1),
        RetentionPolicy.keepCount(7),
        RetentionPolicy.keepDays(1),
        RetentionPolicy.keepDays(90),
        RetentionPolicy.parse("simple", Map.of()),
        RetentionPolicy.parse("gfs", Map.of()),
        RetentionPolicy.parse("gfs", Map.of("keep_daily", 0, "keep_weekly", 0)),
        RetentionPolicy.parse("hanoi", Map.of()));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void holdsItsPromisesForRandomArchives(RetentionPolicy policy) {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<StoredArchive> archives = randomArchives(random);
      Set<StoredArchive> damaged = some(archives, random, 5);
      StoredArchive pinned = archives.get(random.nextInt(archives.size()));
      RetentionFloors floors =
          FLOORS
              .judging(archive -> !damaged.contains(archive))
              .protecting(Map.of(pinned.path(), "pinned"));
      RetentionPlan plan = plan(archives, policy, floors);
      assertThat(plan.decisions()).extracting(Decision::archive).doesNotHaveDuplicates();
      assertThat(plan.decisions()).hasSameSizeAs(archives);
      assertThat(plan.kept()).contains(pinned);
      assertNewestGoodStays(archives, damaged, plan);
      assertThat(plan.deleted()).noneMatch(archive -> archive.name().isEmpty());
      assertThat(plan(plan.kept(), policy, floors).deleted()).as("seed " + seed).isEmpty();
      Collections.shuffle(archives, random);
      assertThat(plan(archives, policy, floors)).isEqualTo(plan);
      assertInstancesAreSeparate(archives, policy, floors, plan);
    }
  }

  private static void assertNewestGoodStays(
      List<StoredArchive> archives, Set<StoredArchive> damaged, RetentionPlan plan) {
    for (String instance : List.of("fra1", "fra2", "ams1")) {
      archives.stream()
          .filter(archive -> archive.instanceName().filter(instance::equals).isPresent())
          .filter(archive -> !damaged.contains(archive))
          .filter(archive -> !archive.path().contains("/emergency/"))
          .sorted(StoredArchive.NEWEST_FIRST)
          .findFirst()
          .ifPresent(newest -> assertThat(plan.kept()).contains(newest));
    }
  }

  private static void assertInstancesAreSeparate(
      List<StoredArchive> archives,
      RetentionPolicy policy,
      RetentionFloors floors,
      RetentionPlan whole) {
    List<StoredArchive> one =
        archives.stream()
            .filter(archive -> archive.instanceName().filter("fra1"::equals).isPresent())
            .toList();
    assertThat(plan(one, policy, floors).deleted())
        .isEqualTo(whole.deleted().stream().filter(one::contains).toList());
  }

  private static List<StoredArchive> randomArchives(Random random) {
    Set<StoredArchive> archives = new HashSet<>();
    int count = 1 + random.nextInt(60);
    for (int i = 0; i < count; i++) {
      Instant takenAt = NOW.minusSeconds(random.nextLong(0, 86_400L * 900) - 3_600);
      String instance = List.of("fra1", "fra2", "ams1").get(random.nextInt(3));
      String type = List.of("manual", "scheduled", "startup", "emergency").get(random.nextInt(4));
      archives.add(
          random.nextInt(12) == 0
              ? Archives.foreign("copy-" + i + ".tar.gz", takenAt)
              : archive(instance, type, takenAt));
    }
    return new ArrayList<>(archives);
  }

  private static Set<StoredArchive> some(List<StoredArchive> archives, Random random, int oneIn) {
    Set<StoredArchive> some = new HashSet<>();
    for (StoredArchive archive : archives) {
      if (random.nextInt(oneIn) == 0) {
        some.add(archive);
      }
    }
    return some;
  }
}
