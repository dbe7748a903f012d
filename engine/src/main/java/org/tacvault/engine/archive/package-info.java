/** Writes and strictly reads the tar archive, compressed in parallel blocks. */
@NullMarked
package org.tacvault.engine.archive;

import org.jspecify.annotations.NullMarked;
