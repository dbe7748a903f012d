package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarTest {
  private static final List<String> KNOWN = List.of("serve", "restore", "schedule", "-q");

  @Test
  void findsTheNearestName() {
    assertThat(Similar.to("sreve", KNOWN)).hasValue("serve");
    assertThat(Similar.to("restor", KNOWN)).hasValue("restore");
  }

  @Test
  void guessesNothingFarAway() {
    assertThat(Similar.to("backup", KNOWN)).isEmpty();
    assertThat(Similar.to("x", KNOWN)).isEmpty();
  }
}
