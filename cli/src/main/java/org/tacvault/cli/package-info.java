/**
 * The {@code tacvault} command: one class per command, one table of exit codes, and the frame that
 * parses, runs, reports failures and cleans up after Ctrl-C. Nothing but {@code serve} may load
 * Spring.
 */
@NullMarked
package org.tacvault.cli;

import org.jspecify.annotations.NullMarked;
