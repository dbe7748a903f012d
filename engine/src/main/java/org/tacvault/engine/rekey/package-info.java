/**
 * Encrypts stored archives anew, to other keys: each is replaced only when the new one was read
 * back.
 */
@NullMarked
package org.tacvault.engine.rekey;

import org.jspecify.annotations.NullMarked;
