/**
 * Reads {@code tacacs.conf} in Python's configparser dialect and says what each value means and
 * where it comes from.
 */
@NullMarked
package org.tacvault.engine.config;

import org.jspecify.annotations.NullMarked;
