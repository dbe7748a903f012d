/** The engine as a service: start, options and the running server. */
@NullMarked
package org.tacvault.server;

import org.jspecify.annotations.NullMarked;
