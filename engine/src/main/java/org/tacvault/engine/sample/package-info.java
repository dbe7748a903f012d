/**
 * Writes a realistic TACACS+ home with the Python server's schemas, for demonstrations, tests and
 * measurements, and proves by hashes that two databases hold the same. Besides {@code sqlite} and
 * {@code catalog} the one package that speaks {@code java.sql}: it makes live databases, which
 * nothing else in the engine does.
 */
@NullMarked
package org.tacvault.engine.sample;

import org.jspecify.annotations.NullMarked;
