/** Archives in a directory of this machine. */
@NullMarked
package org.tacvault.engine.destination.local;

import org.jspecify.annotations.NullMarked;
