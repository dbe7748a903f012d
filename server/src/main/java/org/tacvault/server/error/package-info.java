/** How failures are answered: one form, one table from the engine's errors to a status. */
@NullMarked
package org.tacvault.server.error;

import org.jspecify.annotations.NullMarked;
