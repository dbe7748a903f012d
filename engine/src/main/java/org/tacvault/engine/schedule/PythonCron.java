package org.tacvault.engine.schedule;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cron expressions of the Python server, whose scheduler numbers the days of the week from Monday,
 * 0, to Sunday, 6. Names mean the same here and there.
 */
final class PythonCron {
  private static final Pattern PART =
      Pattern.compile("(\\*|[0-6])(?:-([0-6]))?(?:/([0-9]+))?", Pattern.CASE_INSENSITIVE);
  private static final int WEEKDAY = 4;

  private PythonCron() {}

  /** The same days in the numbers of Unix; unchanged when it names none by a number. */
  static String translate(String expression) {
    String[] fields = expression.strip().split("\\s+");
    if (fields.length != CronField.COUNT) {
      return expression;
    }
    String weekdays =
        Arrays.stream(fields[WEEKDAY].split(","))
            .map(PythonCron::part)
            .collect(Collectors.joining(","));
    if (weekdays.equals(fields[WEEKDAY])) {
      return expression;
    }
    fields[WEEKDAY] = weekdays;
    return String.join(" ", fields);
  }

  private static String part(String part) {
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches() || part.equals("*")) {
      return part;
    }
    boolean star = matcher.group(1).equals("*");
    String first = star ? "1" : next(matcher.group(1));
    String last = star ? "7" : matcher.group(2) == null ? "" : next(matcher.group(2));
    String step = matcher.group(3) == null ? "" : "/" + matcher.group(3);
    // A number with a step goes on to the end of the week there, which is Sunday.
    String end = last.isEmpty() && !step.isEmpty() ? "7" : last;
    return first + (end.isEmpty() ? "" : "-" + end) + step;
  }

  private static String next(String day) {
    return Integer.toString(Integer.parseInt(day) + 1);
  }
}
