/**
 * The index of executions and destinations in the home; an existing one of the Python server is
 * taken over.
 */
@NullMarked
package org.tacvault.engine.catalog;

import org.jspecify.annotations.NullMarked;
