/**
 * Runs the programs that the configuration names, without a shell unless it asks for one, and never
 * for longer than they are given. The one place that starts processes.
 */
@NullMarked
package org.tacvault.engine.host;

import org.jspecify.annotations.NullMarked;
