/** Proves that a stored archive can be restored, without touching live data. */
@NullMarked
package org.tacvault.engine.verify;

import org.jspecify.annotations.NullMarked;
