/** What people and programs see: tables, JSON, progress, sizes, times and questions. */
@NullMarked
package org.tacvault.cli.output;

import org.jspecify.annotations.NullMarked;
