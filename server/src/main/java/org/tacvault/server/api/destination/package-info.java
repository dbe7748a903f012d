/** Destinations, and how long archives stay there. */
@NullMarked
package org.tacvault.server.api.destination;

import org.jspecify.annotations.NullMarked;
