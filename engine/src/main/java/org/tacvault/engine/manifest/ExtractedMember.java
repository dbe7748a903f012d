package org.tacvault.engine.manifest;

/**
 * What was really found in an archive, as measured while it was read.
 *
 * @param name flat member name, without {@code ./}
 * @param sizeBytes bytes read
 * @param sha256 64 lower-case hex digits, of the bytes read
 */
public record ExtractedMember(String name, long sizeBytes, String sha256) {}
