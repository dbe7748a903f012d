/** The archive that a request means, wherever it lies, and the keys that open it. */
@NullMarked
package org.tacvault.server.api.archive;

import org.jspecify.annotations.NullMarked;
