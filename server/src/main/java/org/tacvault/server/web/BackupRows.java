package org.tacvault.server.web;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.server.api.backup.BackupViews;
import org.tacvault.server.api.backup.StoredBackups;

/** Stored backups with what is known of their last verification. */
@Component
final class BackupRows {
  private static final int VERIFICATIONS = 10_000;

  private final BackupEngine engine;
  private final StoredBackups backups;

  BackupRows(BackupEngine engine, StoredBackups backups) {
    this.engine = engine;
    this.backups = backups;
  }

  /**
   * A backup.
   *
   * @param verification the newest that ended; null when there is none
   */
  record Row(BackupViews.Backup backup, @Nullable Execution verification) {
    /** {@code yes}, {@code failed} or {@code no}. */
    public String verified() {
      if (verification == null) {
        return "no";
      }
      return verification.status() == ExecutionStatus.COMPLETED ? "yes" : "failed";
    }
  }

  /** All that match, and the destinations that could not be listed. */
  record Found(List<Row> rows, List<BackupViews.Unlisted> errors) {}

  /** What is asked for; an empty text asks for everything. */
  record Wish(
      String destination,
      String type,
      String instance,
      String encrypted,
      String pinned,
      String verified,
      String sort,
      String direction) {
    static final Wish ALL = new Wish("", "", "", "", "", "", "taken", "desc");

    private boolean matches(Row row) {
      BackupViews.Backup backup = row.backup();
      return matches(type, String.valueOf(backup.type()))
          && (instance.isBlank() || contains(backup.instanceName(), instance))
          && matches(encrypted, yes(backup.encrypted()))
          && matches(pinned, yes(backup.pinned()))
          && matches(verified, row.verified());
    }

    private Comparator<Row> order() {
      Comparator<Row> order =
          switch (sort) {
            case "size" -> Comparator.comparing(row -> row.backup().sizeBytes());
            case "name" -> Comparator.comparing(row -> row.backup().filename());
            case "destination" -> Comparator.comparing(row -> row.backup().destinationName());
            default -> Comparator.comparing(row -> row.backup().takenAt());
          };
      return direction.equals("asc") ? order : order.reversed();
    }

    private static boolean matches(String wanted, String value) {
      return wanted.isBlank() || wanted.equals(value);
    }

    private static boolean contains(@Nullable String text, String part) {
      return text != null
          && text.toLowerCase(Locale.ROOT).contains(part.strip().toLowerCase(Locale.ROOT));
    }

    private static String yes(boolean value) {
      return value ? "yes" : "no";
    }
  }

  Found find(Wish wish) {
    BackupViews.All all = backups.list(wish.destination().isBlank() ? null : wish.destination());
    Map<String, Execution> verifications = verifications();
    List<Row> rows =
        all.backups().stream()
            .map(backup -> new Row(backup, verifications.get(key(backup))))
            .filter(wish::matches)
            .sorted(wish.order())
            .toList();
    return new Found(rows, all.errors());
  }

  private static String key(BackupViews.Backup backup) {
    return backup.destinationId() + " " + backup.path();
  }

  private Map<String, Execution> verifications() {
    Map<String, Execution> newest = new HashMap<>();
    ExecutionFilter filter =
        ExecutionFilter.newest().withKind(ExecutionKind.VERIFY).withPage(VERIFICATIONS, 0);
    Function<Execution, String> key =
        each -> each.request().destinationId() + " " + each.result().backupPath();
    engine.catalog().list(filter).stream()
        .filter(each -> each.status() == ExecutionStatus.COMPLETED || isFailed(each))
        .forEach(each -> newest.putIfAbsent(key.apply(each), each));
    return newest;
  }

  private static boolean isFailed(Execution execution) {
    return execution.status() == ExecutionStatus.FAILED;
  }
}
