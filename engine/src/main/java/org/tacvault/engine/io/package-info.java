/**
 * Leaves that touch files: atomic publication, work directories, checksums, safe names, process
 * locks.
 */
@NullMarked
package org.tacvault.engine.io;

import org.jspecify.annotations.NullMarked;
