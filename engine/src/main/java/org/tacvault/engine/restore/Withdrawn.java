package org.tacvault.engine.restore;

/**
 * What was withdrawn since the backup from one file.
 *
 * @param comesBack with the restore
 * @param stays withdrawn, because the restore leaves it so
 */
public record Withdrawn(Capped<Revocation> comesBack, Capped<Revocation> stays) {}
