package org.tacvault.engine.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Printable;

/**
 * Five fields as Unix has them: minute, hour, day of the month, month, day of the week. Names of
 * months and days are allowed in any case, 0 and 7 are Sunday. When both day fields are restricted
 * (anything but {@code *}), a day that either names will do.
 */
final class CronExpression {
  private static final int MAX_LENGTH = 200;
  private static final LocalDateTime ANY_TIME = LocalDateTime.of(2024, 1, 1, 0, 0);
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final String text;
  private final List<CronField> fields;
  private final ExecutionTime times;

  private CronExpression(String text, Cron parsed) {
    this.text = text;
    this.fields = CronField.all(parsed.asString());
    this.times = ExecutionTime.forCron(parsed);
  }

  static CronExpression parse(String value) {
    String text = String.join(" ", value.strip().split("\\s+"));
    List<String> words = Arrays.asList(text.split(" "));
    if (words.size() != CronField.COUNT || text.length() > MAX_LENGTH) {
      throw invalid(value, "it takes five fields: minute hour day-of-month month day-of-week");
    }
    for (int place = 0; place < CronField.COUNT; place++) {
      requireField(value, place, words.get(place));
    }
    CronExpression expression = new CronExpression(text, PARSER.parse(text));
    if (expression.next(ANY_TIME).isEmpty()) {
      throw invalid(value, "there is no such day: it would never run");
    }
    return expression;
  }

  /** As given, with single blanks. */
  String text() {
    return text;
  }

  /** Minute, hour, day of the month, month, day of the week. */
  List<CronField> fields() {
    return fields;
  }

  boolean runsInAllHours() {
    return fields.get(CronField.HOUR).values().cardinality() == 24;
  }

  /** Whether a day may be named by its number in the month or by its name in the week. */
  boolean restrictsBothDays() {
    return !fields.get(CronField.DAY).any() && !fields.get(CronField.WEEKDAY).any();
  }

  /** The first whole minute after {@code wall} on a clock that never jumps. */
  Optional<LocalDateTime> next(LocalDateTime wall) {
    return times.nextExecution(wall.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  private static void requireField(String value, int place, String word) {
    String[] alone = {"*", "*", "*", "*", "*"};
    alone[place] = word;
    try {
      PARSER.parse(String.join(" ", alone));
    } catch (IllegalArgumentException e) {
      throw invalid(value, CronField.allowed(place, Printable.of(word))).withCause(e);
    }
  }

  private static EngineException invalid(String value, String hint) {
    return new EngineException(
            ErrorKind.INVALID_INPUT,
            "read schedule",
            "'" + Printable.of(value) + "'",
            "Invalid cron expression")
        .withHint(hint);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronExpression that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
