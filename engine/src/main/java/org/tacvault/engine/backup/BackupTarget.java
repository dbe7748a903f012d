package org.tacvault.engine.backup;

import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.retention.RetentionPolicy;

/**
 * Where a backup goes.
 *
 * @param destinationId of the catalog; null for a directory that the user named
 * @param label name or path, for people; also what is claimed
 * @param retention applied after a success; null keeps everything
 */
public record BackupTarget(
    @Nullable String destinationId,
    String label,
    Destination destination,
    @Nullable RetentionPolicy retention) {}
