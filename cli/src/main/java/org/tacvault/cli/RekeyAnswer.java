package org.tacvault.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.rekey.Rekeyed;
import org.tacvault.engine.rekey.Rekeyed.Outcome;

/** What became of the archives of several places. */
final class RekeyAnswer {
  /** What {@code --json} prints. */
  record Document(boolean dryRun, String to, List<Row> backups) {}

  /**
   * One archive.
   *
   * @param outcome done, wanted, already or failed
   */
  record Row(
      String destination,
      String path,
      String outcome,
      @Nullable String newPath,
      Failures.@Nullable Body error) {}

  private final boolean dryRun;
  private final String to;
  private final List<Row> rows = new ArrayList<>();
  private final List<EngineException> failures = new ArrayList<>();

  RekeyAnswer(boolean dryRun, String to) {
    this.dryRun = dryRun;
    this.to = to;
  }

  void add(String destination, List<Rekeyed> archives) {
    for (Rekeyed each : archives) {
      EngineException failure = each.failure();
      rows.add(
          new Row(
              destination,
              each.path(),
              each.outcome().name().toLowerCase(Locale.ROOT),
              each.newPath(),
              failure == null ? null : Failures.body(failure)));
      if (failure != null) {
        failures.add(failure);
      }
    }
  }

  Document document() {
    return new Document(dryRun, to, rows);
  }

  List<EngineException> failures() {
    return failures;
  }

  ExitCode exitCode() {
    return failures.isEmpty() ? ExitCode.OK : ExitCode.of(failures.get(0).kind());
  }

  String text() {
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      String what = Objects.requireNonNullElse(row.newPath(), row.path());
      lines.add("%-8s %s".formatted(row.outcome(), what));
    }
    String wanted = count(dryRun ? Outcome.WANTED : Outcome.DONE);
    lines.add(
        "%s %s to %s, %s already, %s failed"
            .formatted(
                wanted,
                dryRun ? "would be encrypted" : "encrypted",
                to,
                count(Outcome.ALREADY),
                count(Outcome.FAILED)));
    return String.join("\n", lines);
  }

  private String count(Outcome outcome) {
    String id = outcome.name().toLowerCase(Locale.ROOT);
    return String.valueOf(rows.stream().filter(row -> row.outcome().equals(id)).count());
  }
}
