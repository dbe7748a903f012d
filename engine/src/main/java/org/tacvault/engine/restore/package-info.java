/**
 * Conducts a restore: fetch, check, plan, emergency backup, apply all or nothing, record; and
 * recovers after a crash.
 */
@NullMarked
package org.tacvault.engine.restore;

import org.jspecify.annotations.NullMarked;
