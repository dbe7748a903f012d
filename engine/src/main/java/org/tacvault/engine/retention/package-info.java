/** Decides which stored archives to keep, purely, and then removes the others. */
@NullMarked
package org.tacvault.engine.retention;

import org.jspecify.annotations.NullMarked;
