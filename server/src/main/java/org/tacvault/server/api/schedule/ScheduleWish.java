package org.tacvault.server.api.schedule;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tacvault.server.error.Violation;
import org.tacvault.server.error.ViolationException;

/**
 * A job that somebody wants, as it was sent.
 *
 * @param jobName the id; made of destination and type when absent
 * @param timeZone of cron; UTC when absent
 */
public record ScheduleWish(
    @Nullable String destinationId,
    @Nullable String scheduleType,
    @Nullable String scheduleValue,
    @Nullable String jobName,
    @Nullable String timeZone,
    @Nullable String comment,
    @Nullable Integer retries,
    @Nullable Boolean catchUp) {
  private static final String MANUAL = "manual";

  /** From the parameters of a query or a form. */
  static ScheduleWish of(HttpServletRequest request) {
    return new ScheduleWish(
        request.getParameter("destination_id"),
        request.getParameter("schedule_type"),
        request.getParameter("schedule_value"),
        request.getParameter("job_name"),
        request.getParameter("time_zone"),
        request.getParameter("comment"),
        number(request, "retries"),
        flag(request, "catch_up"));
  }

  /** {@code 422} naming all that is missing, as places of {@code place}. */
  ScheduleWish complete(String place) {
    List<Violation> missing = new ArrayList<>();
    require(missing, place, "destination_id", destinationId);
    return completeSchedule(place, missing);
  }

  /** {@link #complete} without a destination. */
  ScheduleWish completeSchedule(String place) {
    return completeSchedule(place, new ArrayList<>());
  }

  private ScheduleWish completeSchedule(String place, List<Violation> missing) {
    require(missing, place, "schedule_type", scheduleType);
    if (!MANUAL.equals(scheduleType)) {
      require(missing, place, "schedule_value", scheduleValue);
    }
    if (!missing.isEmpty()) {
      throw new ViolationException(missing.toArray(Violation[]::new));
    }
    return this;
  }

  String type() {
    return String.valueOf(scheduleType);
  }

  String value() {
    return scheduleValue == null ? "" : scheduleValue;
  }

  String zone() {
    return timeZone == null || timeZone.isBlank() ? "UTC" : timeZone;
  }

  private static void require(
      List<Violation> missing, String place, String name, @Nullable String value) {
    if (value == null) {
      missing.add(Violation.missing(place, name));
    }
  }

  private static @Nullable Integer number(HttpServletRequest request, String name) {
    String text = request.getParameter(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (!text.matches("[+-]?[0-9]{1,9}")) {
      throw invalid(name, "Input should be a valid integer", text);
    }
    return Integer.valueOf(text);
  }

  private static @Nullable Boolean flag(HttpServletRequest request, String name) {
    String text = request.getParameter(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw invalid(name, "Input should be a valid boolean", text);
    };
  }

  private static ViolationException invalid(String name, String message, String input) {
    return new ViolationException(Violation.invalid("query", name, message, input));
  }
}
