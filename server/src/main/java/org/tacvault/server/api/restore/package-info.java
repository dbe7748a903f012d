/** Restores: planned, made, kept, undone. */
@NullMarked
package org.tacvault.server.api.restore;

import org.jspecify.annotations.NullMarked;
