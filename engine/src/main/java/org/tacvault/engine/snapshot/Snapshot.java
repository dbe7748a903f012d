package org.tacvault.engine.snapshot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Consistent copies of all sources, taken together.
 *
 * @param directory where the copies lie under their members' names
 * @param missing members whose source does not exist
 * @param broken members kept as raw bytes because the database cannot be read
 * @param spread time between the first and the last instant that a copy shows
 */
public record Snapshot(
    Path directory,
    List<SnapshotFile> files,
    List<String> missing,
    List<String> broken,
    Duration spread) {}
