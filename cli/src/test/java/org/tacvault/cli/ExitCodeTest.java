package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.error.ErrorKind;

class ExitCodeTest {
  @Test
  void numbersAreThoseThatScriptsRelyOn() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
        .containsExactly(0, 1, 2, 3, 10, 11, 12, 13, 14, 20, 130);
    assertThat(ExitCode.table()).hasSize(11).containsKeys("  0", " 20", "130");
  }

  @Test
  void readmeHoldsTheSameTable() throws IOException {
    String rows =
        Arrays.stream(ExitCode.values())
            .map(exit -> "| " + exit.code() + " | " + exit.meaning() + " |\n")
            .collect(Collectors.joining());
    assertThat(Files.readString(Path.of("../README.md"))).contains(rows);
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED, 1",
    "INVALID_INPUT, 2",
    "INVALID_CONFIG, 1",
    "NOT_FOUND, 10",
    "CONFLICT, 1",
    "BUSY, 11",
    "WRONG_KEY, 12",
    "ACCESS_DENIED, 13",
    "UNREACHABLE, 14",
    "VERIFICATION_FAILED, 20",
    "NO_SPACE, 1",
    "REFUSED, 2",
    "INTERRUPTED, 130"
  })
  void everyKindOfFailureHasItsCode(ErrorKind kind, int code) {
    assertThat(ExitCode.of(kind).code()).isEqualTo(code);
  }
}
