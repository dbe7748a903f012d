package org.tacvault.engine.backup;

import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.Destination;

/**
 * Where a backup goes.
 *
 * @param destinationId of the catalog; null for a directory that the user named
 * @param label name or path, for people
 * @param claim what no two backups work on at one time: the id, or the path
 */
public record BackupTarget(
    @Nullable String destinationId,
    String label,
    String claim,
    Destination destination,
    RetentionStep retention) {}
