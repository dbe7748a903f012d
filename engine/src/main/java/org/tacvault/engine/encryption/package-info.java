/**
 * Encrypts archives in the age format, and opens age and the legacy TCBK format; the kind is told
 * from the content.
 */
@NullMarked
package org.tacvault.engine.encryption;

import org.jspecify.annotations.NullMarked;
