/** Passphrases and other values that must never be shown, logged or passed on a command line. */
@NullMarked
package org.tacvault.engine.secret;

import org.jspecify.annotations.NullMarked;
