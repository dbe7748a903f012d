/** Takes consistent copies of all sources together. */
@NullMarked
package org.tacvault.engine.snapshot;

import org.jspecify.annotations.NullMarked;
