/**
 * What went wrong, told with operation, subject, cause and cure; every engine failure is one of
 * these.
 */
@NullMarked
package org.tacvault.engine.error;

import org.jspecify.annotations.NullMarked;
