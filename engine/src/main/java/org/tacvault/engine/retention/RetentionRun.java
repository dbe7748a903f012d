package org.tacvault.engine.retention;

/** A retention run as the catalog knows it. */
public record RetentionRun(String executionId, RetentionReport report) {}
