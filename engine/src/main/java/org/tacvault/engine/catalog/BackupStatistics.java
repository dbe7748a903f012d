package org.tacvault.engine.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All backups of a catalog in numbers.
 *
 * @param total executions, however they ended
 * @param completed those that ended well
 * @param storedBytes sum of the lengths of what was stored
 * @param oldest when the first began; null when there is none, like the last
 */
public record BackupStatistics(
    long total,
    long completed,
    long storedBytes,
    @Nullable Instant oldest,
    @Nullable Instant newest) {
  private static final String QUERY =
      "SELECT count(*) AS total, coalesce(sum(status = 'completed'), 0) AS completed,"
          + " coalesce(sum(compressed_size_bytes), 0) AS stored_bytes,"
          + " min(started_at) AS oldest, max(started_at) AS newest"
          + " FROM backup_executions WHERE coalesce(kind, 'backup') = 'backup'";
  private static final double ALL = 100.0;

  static BackupStatistics read(Connection connection) throws SQLException {
    List<BackupStatistics> one = Statements.query(connection, QUERY, BackupStatistics::of);
    return one.get(0);
  }

  /** How many of a hundred ended well; 100 when there is none. */
  public double successRate() {
    return total == 0 ? ALL : completed * ALL / total;
  }

  private static BackupStatistics of(ResultSet row) throws SQLException {
    return new BackupStatistics(
        row.getLong("total"),
        row.getLong("completed"),
        row.getLong("stored_bytes"),
        ExecutionRow.instant(row, "oldest"),
        ExecutionRow.instant(row, "newest"));
  }
}
