/**
 * Stored jobs and when they run. What a job does is handed in; this package decides when, keeps the
 * jobs in {@code data/backup_jobs.db}, and remembers how their runs ended.
 */
@NullMarked
package org.tacvault.engine.schedule;

import org.jspecify.annotations.NullMarked;
