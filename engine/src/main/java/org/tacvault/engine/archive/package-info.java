/**
 * Writes and strictly reads archives: a flat tar with its manifest first, compressed on all
 * processors. What comes out of a run that failed is never well-formed, and what is read is checked
 * whole or refused.
 */
@NullMarked
package org.tacvault.engine.archive;

import org.jspecify.annotations.NullMarked;
