package org.tacvault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:07:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, just now",
    "PT9S, just now",
    "PT-9S, just now",
    "PT10S, 10 seconds ago",
    "PT60S, 1 minute ago",
    "PT3599S, 59 minutes ago",
    "PT1H, 1 hour ago",
    "PT47H, 47 hours ago",
    "PT48H, 2 days ago",
    "P400D, 400 days ago",
    "PT-90M, in 1 hour",
    "P-3D, in 3 days"
  })
  void relativeTimeIsRoundedDown(Duration age, String text) {
    assertThat(Times.relative(NOW.minus(age), NOW)).isEqualTo(text);
  }

  @Test
  void absoluteTimeNamesItsZone() {
    assertThat(Times.absolute(NOW, ZoneOffset.UTC)).isEqualTo("2026-11-23 03:07:00 Z");
    assertThat(Times.absolute(NOW, ZoneId.of("UTC"))).isEqualTo("2026-11-23 03:07:00 UTC");
    assertThat(Times.absolute(NOW, ZoneId.of("Europe/Berlin")))
        .isEqualTo("2026-11-23 04:07:00 CET");
  }

  @ParameterizedTest
  @CsvSource({"PT0.85S, 850 ms", "PT12.34S, 12.3 s", "PT4M5.9S, 4 min 05 s", "PT2H, 120 min 00 s"})
  void durationsAreShort(Duration duration, String text) {
    assertThat(Times.duration(duration)).isEqualTo(text);
  }
}
