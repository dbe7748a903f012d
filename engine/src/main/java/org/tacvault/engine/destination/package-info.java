/**
 * Where archives go: the narrow interface that every provider implements, what is stored there, and
 * what stands around a provider: retries and the limit of the bandwidth.
 */
@NullMarked
package org.tacvault.engine.destination;

import org.jspecify.annotations.NullMarked;
