/** Stored jobs: listed, added, paused, resumed, run and deleted. */
@NullMarked
package org.tacvault.server.api.schedule;

import org.jspecify.annotations.NullMarked;
