/** Requests that may be sent again without being done again. */
@NullMarked
package org.tacvault.server.api.repeat;

import org.jspecify.annotations.NullMarked;
