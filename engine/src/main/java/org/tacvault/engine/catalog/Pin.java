package org.tacvault.engine.catalog;

import java.time.Instant;

/** A stored archive that no retention removes, and why. */
public record Pin(String destinationId, String path, String reason, Instant pinnedAt) {}
