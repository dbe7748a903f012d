/** Runs backups, restores, verifications and retention, and knows how far each of them is. */
@NullMarked
package org.tacvault.server.run;

import org.jspecify.annotations.NullMarked;
