package org.tacvault.server.observe;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Values of one name, gathered while the catalog is read. */
final class Metric {
  private static final String PREFIX = "tacacs_backup_";

  private final String name;
  private final String help;
  private final boolean counts;
  private final List<Point> points = new ArrayList<>();

  private record Point(Labels labels, double value) {}

  private Metric(String name, String help, boolean counts) {
    this.name = PREFIX + name;
    this.help = help;
    this.counts = counts;
  }

  /** A value that goes up and down. */
  static Metric gauge(String name, String help) {
    return new Metric(name, help, false);
  }

  /** A number that only grows; shown with {@code _total} after its name. */
  static Metric counter(String name, String help) {
    return new Metric(name, help, true);
  }

  /** Labels are names and values in turn. */
  void add(double value, String... labels) {
    points.add(new Point(Labels.of(labels), value));
  }

  void add(boolean value, String... labels) {
    add(value ? 1 : 0, labels);
  }

  MetricSnapshot snapshot() {
    return counts ? counter() : gauge();
  }

  private MetricSnapshot counter() {
    CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name).help(help);
    points.forEach(
        point ->
            builder.dataPoint(
                CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(point.labels())
                    .value(point.value())
                    .build()));
    return builder.build();
  }

  private MetricSnapshot gauge() {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
    points.forEach(
        point ->
            builder.dataPoint(
                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .labels(point.labels())
                    .value(point.value())
                    .build()));
    return builder.build();
  }
}
