/** Writes down who did what, and who was refused; so that refusals cannot fill the disk. */
@NullMarked
package org.tacvault.server.audit;

import org.jspecify.annotations.NullMarked;
