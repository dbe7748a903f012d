package org.tacvault.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Aligned columns, two spaces apart; numbers can be set flush right. */
public final class Table {
  private static final String GAP = "  ";

  private final boolean bold;
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> flushRight = new HashSet<>();

  Table(boolean bold, String... headings) {
    this.bold = bold;
    this.headings = List.of(headings);
  }

  /** Sets the columns with these headings flush right. */
  public Table right(String... columns) {
    Arrays.stream(columns).map(headings::indexOf).forEach(flushRight::add);
    return this;
  }

  /**
   * Adds a row; control characters in cells are shown as {@code ?}, so that no name moves the
   * cursor.
   */
  public Table row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + headings.size());
    }
    rows.add(Arrays.stream(cells).map(cell -> Console.printable(String.valueOf(cell))).toList());
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Heading and rows, without a line end after the last. */
  @Override
  public String toString() {
    int[] widths = widths();
    List<String> lines = new ArrayList<>();
    String heading = line(headings, widths);
    lines.add(bold ? Console.BOLD + heading + Console.PLAIN : heading);
    rows.forEach(row -> lines.add(line(row, widths)));
    return String.join("\n", lines);
  }

  private int[] widths() {
    int[] widths = headings.stream().mapToInt(Table::width).toArray();
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(widths[column] - width(cell));
      line.append(flushRight.contains(column) ? padding + cell : cell + padding).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
