/** Executions: listed, shown, followed, stopped. */
@NullMarked
package org.tacvault.server.api.execution;

import org.jspecify.annotations.NullMarked;
