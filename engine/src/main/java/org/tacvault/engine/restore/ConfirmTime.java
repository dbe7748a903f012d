package org.tacvault.engine.restore;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** A time in which a person can confirm something: {@code 90s}, {@code 10m}, {@code 2h}. */
public final class ConfirmTime {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Pattern GRAMMAR = Pattern.compile("(\\d{1,6})([smh])");

  private ConfirmTime() {}

  /** {@code INVALID_INPUT} when it is not 10 seconds to 24 hours. */
  public static Duration parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text.strip());
    if (matcher.matches()) {
      Duration time = amount(Long.parseLong(matcher.group(1)), matcher.group(2));
      if (time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0) {
        return time;
      }
    }
    throw new EngineException(
            ErrorKind.INVALID_INPUT, "confirm within", text, "not an allowed time")
        .withHint("10s to 24h, as a number and s, m or h: 90s, 10m, 2h");
  }

  private static Duration amount(long number, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
