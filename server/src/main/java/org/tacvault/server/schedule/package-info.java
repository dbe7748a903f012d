/** Runs the stored jobs while the service lives, and says whether it does. */
@NullMarked
package org.tacvault.server.schedule;

import org.jspecify.annotations.NullMarked;
