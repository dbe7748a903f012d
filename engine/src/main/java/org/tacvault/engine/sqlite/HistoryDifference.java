package org.tacvault.engine.sqlite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one log of a live database differs from that of a backup, by content.
 *
 * @param missing rows that only the backup has: a merge brings them back
 * @param conflicting rows of the backup whose key stands for something else now: a merge leaves the
 *     live ones
 * @param newer rows that only the live one has: a replacement loses them
 * @param newest of those
 * @param absent whether there is no such table in the live database: a merge makes it, without its
 *     indexes and triggers
 */
public record HistoryDifference(
    String table,
    long missing,
    long conflicting,
    long newer,
    @Nullable Instant newest,
    boolean absent) {
  /** Whether {@code table} follows from a log of the TACACS+ server: it is not merged itself. */
  public static boolean isDerived(String table) {
    return HistoryRules.SERVER.isDerived(table);
  }
}
