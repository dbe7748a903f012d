package org.tacvault.server.web;

import org.jspecify.annotations.Nullable;
import org.tacvault.server.api.schedule.ScheduleWish;
import org.tacvault.server.error.Violation;
import org.tacvault.server.error.ViolationException;

/**
 * A job as the form builds it.
 *
 * @param every hour, day, week, month, cron, interval or manual
 * @param time of the day, {@code HH:mm}; of an hour only its minutes count
 * @param weekday 0 to 6, Sunday is 0
 * @param day of the month, 1 to 28
 * @param custom a cron expression or {@code unit:value}
 */
record ScheduleForm(
    @Nullable String name,
    @Nullable String destination,
    @Nullable String every,
    @Nullable String time,
    @Nullable String weekday,
    @Nullable String day,
    @Nullable String custom,
    @Nullable String zone,
    @Nullable String comment) {
  private static final String TIME = "([01]?[0-9]|2[0-3]):[0-5][0-9]";

  ScheduleForm {
    every = every == null || every.isBlank() ? "day" : every;
    time = time == null || time.isBlank() ? "02:00" : time.strip();
    weekday = weekday == null || weekday.isBlank() ? "0" : weekday;
    day = day == null || day.isBlank() ? "1" : day;
    zone = zone == null || zone.isBlank() ? "UTC" : zone.strip();
  }

  ScheduleWish wish() {
    return new ScheduleWish(
        destination, type(), value(), blankIsNull(name), zone, blankIsNull(comment), null, null);
  }

  private String type() {
    return switch (String.valueOf(every)) {
      case "interval", "manual" -> String.valueOf(every);
      default -> "cron";
    };
  }

  private String value() {
    return switch (String.valueOf(every)) {
      case "hour" -> minute() + " * * * *";
      case "day" -> minute() + " " + hour() + " * * *";
      case "week" -> minute() + " " + hour() + " * * " + within("weekday", weekday, 0, 6);
      case "month" -> minute() + " " + hour() + " " + within("day", day, 1, 28) + " * *";
      case "manual" -> "";
      default -> custom == null ? "" : custom.strip();
    };
  }

  private int minute() {
    return Integer.parseInt(checkedTime().split(":")[1]);
  }

  private int hour() {
    return Integer.parseInt(checkedTime().split(":")[0]);
  }

  private String checkedTime() {
    String text = String.valueOf(time);
    if (!text.matches(TIME)) {
      throw invalid("time", "a time such as 02:00 is needed", text);
    }
    return text;
  }

  private static int within(String field, @Nullable String text, int least, int most) {
    String number = String.valueOf(text);
    if (number.matches("[0-9]{1,2}")) {
      int value = Integer.parseInt(number);
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw invalid(field, "a number from " + least + " to " + most + " is needed", number);
  }

  private static ViolationException invalid(String field, String message, String input) {
    return new ViolationException(Violation.invalid("body", field, message, input));
  }

  private static @Nullable String blankIsNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
