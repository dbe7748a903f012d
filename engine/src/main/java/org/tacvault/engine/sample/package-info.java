/**
 * Writes a realistic TACACS+ home with the Python server's schemas, for demonstrations, tests and
 * measurements.
 */
@NullMarked
package org.tacvault.engine.sample;

import org.jspecify.annotations.NullMarked;
