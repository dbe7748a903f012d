package org.tacvault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsColumnsAndSetsNumbersFlushRight() {
    Table table = new Table(false, "NAME", "SIZE", "NOTE").right("SIZE");
    table.row("a", "1.5 KiB", "").row("longer name", "12 B", "änd");
    assertThat(table)
        .hasToString(
            """
            NAME            SIZE  NOTE
            a            1.5 KiB
            longer name     12 B  änd""");
  }

  @Test
  void headingsAreBoldOnATerminalOnly() {
    assertThat(new Table(true, "NAME")).hasToString("\u001b[1mNAME\u001b[0m");
    assertThat(new Table(false, "NAME")).hasToString("NAME");
  }

  @Test
  void noCellCanMoveTheCursor() {
    assertThat(new Table(false, "N").row("a\u001b[2Jb\nc\td").toString()).endsWith("a?[2Jb?c?d");
  }

  @Test
  void aRowOfAnotherWidthIsAMistake() {
    Table table = new Table(false, "A", "B");
    assertThatThrownBy(() -> table.row("only one")).isInstanceOf(IllegalArgumentException.class);
    assertThat(table.isEmpty()).isTrue();
  }
}
