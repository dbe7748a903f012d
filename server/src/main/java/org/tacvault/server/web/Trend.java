package org.tacvault.server.web;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Values over time as a drawing of 300 by 100 units.
 *
 * @param line the points of an SVG polyline
 * @param area the same, closed along the bottom
 */
public record Trend(String line, String area) {
  private static final double WIDTH = 300;
  private static final double HEIGHT = 100;
  private static final double TOP = 6;

  /** Of at least two entries, oldest first. */
  static <T> Trend of(List<T> entries, ToDoubleFunction<T> value) {
    double most = Math.max(1, entries.stream().mapToDouble(value).max().orElse(1));
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      double x = WIDTH * i / Math.max(1, entries.size() - 1);
      double y = HEIGHT - (HEIGHT - TOP) * value.applyAsDouble(entries.get(i)) / most;
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    String line = points.toString().strip();
    return new Trend(line, "0,100 " + line + " 300,100");
  }
}
