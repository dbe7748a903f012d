package org.tacvault.engine.schedule;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** A cron expression as an English sentence without capital and full stop. */
final class CronWords {
  private static final int MANY_TIMES = 4;

  private final CronField minute;
  private final CronField hour;
  private final CronField day;
  private final CronField month;
  private final CronField weekday;

  private CronWords(List<CronField> fields) {
    minute = fields.get(CronField.MINUTE);
    hour = fields.get(CronField.HOUR);
    day = fields.get(CronField.DAY);
    month = fields.get(CronField.MONTH);
    weekday = fields.get(CronField.WEEKDAY);
  }

  static String of(CronExpression expression, ZoneId zone) {
    CronWords words = new CronWords(expression.fields());
    String sentence = words.sentence();
    return words.dependsOnZone() ? sentence + " " + TimeZones.name(zone) : sentence;
  }

  /** What happens in every hour of every day happens in every time zone. */
  private boolean dependsOnZone() {
    boolean always = hour.values().cardinality() == 24 && day.any() && weekday.any() && month.any();
    return !always;
  }

  private String sentence() {
    if (isTimesOfDay()) {
      return days() + " at " + join(times(), "and");
    }
    String days = day.any() && weekday.any() && month.any() ? "" : ", " + days();
    return minutes() + hours() + days;
  }

  private boolean isTimesOfDay() {
    return minute.values().cardinality() * hour.values().cardinality() <= MANY_TIMES;
  }

  private List<String> times() {
    List<String> times = new ArrayList<>();
    for (int h : hour.list()) {
      for (int m : minute.list()) {
        times.add("%02d:%02d".formatted(h, m));
      }
    }
    return times;
  }

  private String minutes() {
    if (minute.any()) {
      return "every minute";
    }
    if (minute.step() > 0 && 60 % minute.step() == 0) {
      return minute.step() == 1 ? "every minute" : "every " + minute.step() + " minutes";
    }
    String plural = minute.values().cardinality() == 1 ? "" : "s";
    return "at minute" + plural + " " + ranges(minute, Integer::toString);
  }

  private String hours() {
    if (hour.values().cardinality() == 24) {
      return minute.any() || minute.step() > 0 ? "" : " of every hour";
    }
    String plural = hour.values().cardinality() == 1 ? "" : "s";
    return " of hour" + plural + " " + ranges(hour, Integer::toString);
  }

  private String days() {
    String months = month.any() ? "" : " in " + ranges(month, CronWords::monthName);
    if (day.any() && weekday.any()) {
      return "every day" + months;
    }
    String ofMonth = "on day " + ranges(day, Integer::toString) + " of the month";
    String ofWeek = "every " + ranges(weekday, CronWords::dayName);
    if (day.any()) {
      return ofWeek + months;
    }
    return ofMonth + (weekday.any() ? "" : " and " + ofWeek) + months;
  }

  /** {@code 1, 5 and 9 to 17}: three or more in a row are a range. */
  private static String ranges(CronField field, IntFunction<String> name) {
    List<String> parts = new ArrayList<>();
    for (int from = field.values().nextSetBit(0); from >= 0; ) {
      int to = field.values().nextClearBit(from) - 1;
      if (to - from >= 2) {
        parts.add(name.apply(from) + " to " + name.apply(to));
      } else {
        for (int value = from; value <= to; value++) {
          parts.add(name.apply(value));
        }
      }
      from = field.values().nextSetBit(to + 1);
    }
    return join(parts, "and");
  }

  private static String join(List<String> parts, String word) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " " + word + " " + parts.get(last);
  }

  private static String monthName(int number) {
    return Month.of(number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String dayName(int number) {
    return DayOfWeek.of(number == 0 ? 7 : number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
