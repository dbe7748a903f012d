package org.tacvault.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every decision of 90 daily backups, with its reason. A test writes what it got to {@code
 * target/golden}; a wanted change is copied from there to {@code src/test/resources/retention}.
 */
class RetentionGoldenTest {
  @ParameterizedTest
  @ValueSource(strings = {"gfs", "hanoi"})
  void decidesNinetyDaysAsWrittenDown(String strategy) throws IOException {
    String decisions =
        RetentionPlanner.plan(
                Archives.daily(LocalDate.parse("2026-03-31"), 90),
                RetentionPolicy.parse(strategy, Map.of()),
                RetentionFloors.standard(),
                Instant.parse("2026-03-31T12:00:00Z"))
            .decisions()
            .stream()
            .map(RetentionGoldenTest::line)
            .collect(Collectors.joining());
    String name = strategy + "-90-days.txt";
    Files.createDirectories(Path.of("target/golden"));
    Files.writeString(Path.of("target/golden", name), decisions);
    assertThat(decisions).isEqualTo(resource("/retention/" + name));
  }

  private static String line(Decision decision) {
    return "%s %s: %s%n"
        .formatted(
            decision.archive().filename(), decision.keep() ? "keep" : "delete", decision.reason());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RetentionGoldenTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
