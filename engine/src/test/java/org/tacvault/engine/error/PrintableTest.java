package org.tacvault.engine.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void leavesOrdinaryTextAlone() {
    assertThat(Printable.of("devices.db – Zürich")).isEqualTo("devices.db – Zürich");
  }

  @Test
  void disarmsWhatSteersTerminals() {
    assertThat(Printable.of("a\u001b[2Jb\r\nc\u202ed\u2028")).isEqualTo("a?[2Jb??c?d?");
  }

  @Test
  void cutsLongText() {
    assertThat(Printable.of("x".repeat(101))).isEqualTo("x".repeat(100) + "…");
  }
}
