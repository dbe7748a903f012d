package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tacvault.engine.error.Printable;

/** Lines under headings, some of them in columns. */
final class PlanLines {
  private final StringBuilder text = new StringBuilder();

  PlanLines line(String line) {
    text.append(line).append('\n');
    return this;
  }

  PlanLines heading(String heading) {
    return line("").line(heading);
  }

  /** Up to {@code most} of the things, one a line, and how many more there are. */
  <T> void list(long total, List<T> things, int most, Function<T, String> shown) {
    things.stream().limit(most).forEach(thing -> line("  " + shown.apply(thing)));
    long more = total - Math.min(things.size(), most);
    if (more > 0) {
      line("  … and " + count(more) + " more");
    }
  }

  /**
   * Rows in columns that are as wide as their widest cell.
   *
   * @param right columns from here on are aligned to the right
   */
  void columns(List<List<String>> rows, int right) {
    List<Integer> widths = new ArrayList<>();
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    for (int column = 0; column < columns; column++) {
      widths.add(width(rows, column));
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append("  ").append(padded(row.get(column), widths.get(column), column >= right));
      }
      line(line.toString().stripTrailing());
    }
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream()
        .filter(row -> row.size() > column)
        .map(row -> row.get(column).length())
        .max(Comparator.naturalOrder())
        .orElse(0);
  }

  private static String padded(String cell, int width, boolean right) {
    String space = " ".repeat(width - cell.length());
    return right ? space + cell : cell + space;
  }

  /** {@code 1,204}, whatever the language of the machine. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 row}, {@code 2 rows}. */
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** Foreign names, safe to print. */
  static String names(List<String> names) {
    return names.stream().map(Printable::of).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
