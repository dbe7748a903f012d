package org.tacvault.engine.sqlite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table from some time on.
 *
 * @param newest of those whose time can be read; none when there are no such rows
 */
public record TimedRows(long count, @Nullable Instant newest) {}
