/**
 * Where archives go: the narrow interface that every provider implements, and what is stored there.
 */
@NullMarked
package org.tacvault.engine.destination;

import org.jspecify.annotations.NullMarked;
