/**
 * The one place that talks to SQLite: consistent copies, checks, counts and hot replacement of
 * databases.
 */
@NullMarked
package org.tacvault.engine.sqlite;

import org.jspecify.annotations.NullMarked;
