package org.tacvault.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class RetentionPolicyTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-01-15");
  private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
  private static final RetentionPolicy GFS = RetentionPolicy.parse("gfs", Map.of());
  private static final RetentionPolicy HANOI = RetentionPolicy.parse("hanoi", Map.of());

  @Test
  void gfsKeepsWhatThePythonServerKeepsOfTwelveHundredDays() {
    List<Decision> decisions = GFS.decide(Archives.daily(TODAY, 1_200), NOON);
    assertThat(days(decisions))
        .containsExactly(
            "2026-01-15",
            "2026-01-14",
            "2026-01-13",
            "2026-01-12",
            "2026-01-11",
            "2026-01-10",
            "2026-01-09",
            "2026-01-05",
            "2025-12-29",
            "2025-12-22",
            "2025-12-19",
            "2025-12-01",
            "2025-11-01",
            "2025-10-01",
            "2025-09-01",
            "2025-08-01",
            "2025-07-01",
            "2025-06-01",
            "2025-05-01",
            "2025-04-01",
            "2025-03-01",
            "2025-02-01",
            "2025-01-21",
            "2025-01-01",
            "2024-01-01",
            "2023-01-17");
    assertThat(decisions).hasSize(1_200);
  }

  @Test
  void hanoiKeepsWhatThePythonServerKeepsWhenAppliedOnce() {
    List<StoredArchive> archives = Archives.daily(TODAY, 64);
    assertThat(kept(HANOI.decide(archives, NOON)))
        .isEqualTo(List.of(0, 1, 3, 7, 15, 31, 63).stream().map(archives::get).toList());
  }

  @Test
  void hanoiAppliedDailyKeepsStepsThatAtMostDouble() {
    simulate(
        HANOI,
        400,
        (day, ages) -> {
          int before = 0;
          for (int age : ages) {
            assertThat(age).as("step on day " + day).isLessThanOrEqualTo(2 * before + 1);
            before = age;
          }
          assertThat(before).as("oldest on day " + day).isEqualTo(day);
          double doublings = Math.log(day + 1) / Math.log(2);
          assertThat(ages.size()).isBetween((int) doublings, (int) (2 * doublings) + 1);
        });
  }

  @Test
  void gfsAppliedDailyKeepsEveryMonthOfItsYearAndStaysSmall() {
    simulate(
        GFS,
        1_200,
        (day, ages) -> {
          assertThat(ages.size()).as("kept on day " + day).isBetween(Math.min(day, 7), 31);
          for (int age = 40; age + 40 < Math.min(day, 360); age += 40) {
            int from = age;
            assertThat(ages).as("day " + day).anyMatch(a -> a >= from - 40 && a <= from + 40);
          }
          if (day > 800) {
            assertThat(ages).anyMatch(a -> a > 700);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void hanoiLeavesNoGapThatIrregularBackupsDidNotHave(int seed) {
    Random random = new Random(seed);
    List<StoredArchive> ever = new ArrayList<>();
    List<StoredArchive> stored = new ArrayList<>();
    for (int day = 0; day < 400; day++) {
      Instant midnight = TODAY.plusDays(day).atStartOfDay().toInstant(ZoneOffset.UTC);
      for (int i = random.nextInt(4) * random.nextInt(2); i > 0; i--) {
        Instant takenAt = midnight.plusSeconds(random.nextInt(80_000));
        stored.add(Archives.archive("fra1", "manual", takenAt));
      }
      stored.sort(StoredArchive.NEWEST_FIRST);
      ever.addAll(stored);
      Instant now = midnight.plusSeconds(86_399);
      stored = new ArrayList<>(kept(HANOI.decide(stored, now)));
      assertNoGapGrew(stored, ever, now);
      assertThat(stored.size()).isLessThanOrEqualTo(3 + 20);
    }
  }

  private static void assertNoGapGrew(
      List<StoredArchive> kept, List<StoredArchive> ever, Instant now) {
    for (int i = 1; i < kept.size(); i++) {
      StoredArchive newer = kept.get(i - 1);
      StoredArchive older = kept.get(i);
      if (age(older, now) > 2 * age(newer, now) + 1) {
        assertThat(ever)
            .noneMatch(
                archive ->
                    archive.takenAt().isAfter(older.takenAt())
                        && archive.takenAt().isBefore(newer.takenAt()));
      }
    }
  }

  private static long age(StoredArchive archive, Instant now) {
    return Duration.between(archive.takenAt(), now).toDays();
  }

  @Test
  void simpleKeepsTheNewestByCount() {
    List<StoredArchive> archives = Archives.daily(TODAY, 10);
    assertThat(kept(RetentionPolicy.keepCount(3).decide(archives, NOON)))
        .isEqualTo(archives.subList(0, 3));
  }

  @Test
  void simpleKeepsToTheExactAgeInDays() {
    StoredArchive edge = Archives.archive("fra1", "manual", NOON.minus(Duration.ofDays(3)));
    StoredArchive older =
        Archives.archive("fra1", "manual", NOON.minus(Duration.ofDays(3)).minusSeconds(1));
    assertThat(kept(RetentionPolicy.keepDays(3).decide(List.of(edge, older), NOON)))
        .containsExactly(edge);
  }

  @Test
  void simpleCountWinsOverDaysAndNeitherKeepsAll() {
    List<StoredArchive> archives = Archives.daily(TODAY, 10);
    RetentionPolicy both = RetentionPolicy.parse("simple", Map.of("keep_count", 5, "keep_days", 1));
    assertThat(kept(both.decide(archives, NOON))).hasSize(5);
    assertThat(kept(RetentionPolicy.parse("simple", Map.of()).decide(archives, NOON))).hasSize(10);
  }

  @Test
  void gfsWithoutDailyKeepsTheOldestOfEachWeek() {
    RetentionPolicy weekly =
        RetentionPolicy.parse(
            "gfs", Map.of("keep_daily", 0, "keep_weekly", 2, "keep_monthly", 0, "keep_yearly", 0));
    assertThat(days(weekly.decide(Archives.daily(TODAY, 40), NOON)))
        .containsExactly("2026-01-12", "2026-01-05", "2026-01-02");
  }

  @Test
  void gfsTellsTheWeeksOfTwoYearsApart() {
    List<StoredArchive> archives = Archives.daily(LocalDate.parse("2027-01-10"), 400);
    List<Decision> decisions =
        RetentionPolicy.parse(
                "gfs",
                Map.of("keep_daily", 0, "keep_weekly", 60, "keep_monthly", 0, "keep_yearly", 0))
            .decide(archives, Instant.parse("2027-01-10T12:00:00Z"));
    assertThat(decisions)
        .filteredOn(Decision::keep)
        .extracting(Decision::reason)
        .doesNotHaveDuplicates()
        .contains("oldest of week 2026-W53", "oldest of week 2026-W01");
  }

  @ParameterizedTest
  @CsvSource({
    "simple, keep_count, 0",
    "simple, keep_count, -3",
    "simple, keep_count, 10001",
    "simple, keep_days, 0",
    "simple, keep_days, 3651",
    "gfs, keep_daily, -1",
    "gfs, keep_weekly, 521",
    "gfs, keep_monthly, 121",
    "gfs, keep_yearly, 101",
    "hanoi, keep_count, 0"
  })
  void refusesNumbersOutsideTheirBounds(String strategy, String key, int number) {
    assertThatThrownBy(() -> RetentionPolicy.parse(strategy, Map.of(key, number)))
        .hasMessageContaining(key + " must be a whole number from ")
        .hasMessageContaining("not " + number)
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
              assertThat(failure.hint().orElseThrow()).contains(key + " (");
            });
  }

  @Test
  void refusesWhatIsNoNumberAndWhatIsNoKey() {
    for (Object value : List.of("7", 1.5, true, Long.MAX_VALUE)) {
      assertThatThrownBy(() -> RetentionPolicy.parse("simple", Map.of("keep_days", value)))
          .hasMessageContaining("must be a whole number");
    }
    assertThatThrownBy(() -> RetentionPolicy.parse("simple", Map.of("keep_all", 1)))
        .hasMessageContaining("Unknown retention key: keep_all");
    assertThatThrownBy(
            () ->
                RetentionPolicy.parse(
                    "gfs",
                    Map.of("keep_daily", 0, "keep_weekly", 0, "keep_monthly", 0, "keep_yearly", 0)))
        .hasMessageContaining("at least one");
  }

  @Test
  void refusesAnUnknownStrategyInThePythonServersWords() {
    assertThatThrownBy(() -> RetentionPolicy.parse("lifo", Map.of()))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure ->
                assertThat(failure.reason()).isEqualTo("'lifo' is not a valid RetentionStrategy"));
  }

  @Test
  void survivesARoundTripThroughItsConfig() {
    Map<String, Object> absent = new HashMap<>(Map.of("keep_days", 14L));
    absent.put("keep_count", null);
    for (RetentionPolicy policy :
        List.of(
            RetentionPolicy.keepCount(3),
            RetentionPolicy.parse("simple", absent),
            RetentionPolicy.parse("simple", Map.of()),
            RetentionPolicy.parse("gfs", Map.of("keep_weekly", 9)),
            HANOI)) {
      assertThat(RetentionPolicy.parse(policy.strategy(), policy.toConfig())).isEqualTo(policy);
    }
    assertThat(RetentionPolicy.parse("simple", absent).toConfig())
        .isEqualTo(Map.of("keep_days", 14));
    assertThat(GFS.toConfig())
        .isEqualTo(Map.of("keep_daily", 7, "keep_weekly", 4, "keep_monthly", 12, "keep_yearly", 3));
  }

  private interface DayCheck {
    void check(int day, List<Integer> agesWithoutToday);
  }

  // Backs up at 03:00 and applies the policy at noon, day after day, to what it left.
  private static void simulate(RetentionPolicy policy, int days, DayCheck check) {
    List<StoredArchive> stored = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      Instant now = NOON.plus(Duration.ofDays(day));
      stored.addAll(0, Archives.daily(TODAY.plusDays(day), 1));
      stored = new ArrayList<>(kept(policy.decide(stored, now)));
      List<Integer> ages =
          stored.stream()
              .map(archive -> (int) Duration.between(archive.takenAt(), now).toDays())
              .filter(age -> age > 0)
              .sorted(Comparator.naturalOrder())
              .toList();
      check.check(day, ages);
    }
  }

  private static List<StoredArchive> kept(List<Decision> decisions) {
    return decisions.stream().filter(Decision::keep).map(Decision::archive).toList();
  }

  private static List<String> days(List<Decision> decisions) {
    return kept(decisions).stream()
        .map(archive -> archive.takenAt().toString().substring(0, 10))
        .toList();
  }

  @Test
  void policiesSayInWordsWhatTheyKeep() {
    assertThat(RetentionPolicy.keepDays(30).describe())
        .isEqualTo("all backups of the last 30 days");
    assertThat(RetentionPolicy.keepDays(1).describe()).isEqualTo("all backups of the last day");
    assertThat(RetentionPolicy.keepCount(5).describe()).isEqualTo("the newest 5 backups");
    assertThat(RetentionPolicy.parse("simple", Map.of()).describe()).isEqualTo("all backups");
    assertThat(RetentionPolicy.parse("gfs", Map.of("keep_yearly", 1, "keep_weekly", 0)).describe())
        .isEqualTo(
            "all backups of the last 7 days, one a month for 12 months, one a year for 1 year");
    assertThat(RetentionPolicy.parse("hanoi", Map.of()).describe()).contains("double");
  }
}
