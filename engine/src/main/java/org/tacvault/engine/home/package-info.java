/**
 * Paths and identity of one TACACS+ server: where its configuration and data lie, what it is
 * called.
 */
@NullMarked
package org.tacvault.engine.home;

import org.jspecify.annotations.NullMarked;
