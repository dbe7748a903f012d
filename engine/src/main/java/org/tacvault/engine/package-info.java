/** The backup engine as a plain Java library; {@code BackupEngine} is its front door. */
@NullMarked
package org.tacvault.engine;

import org.jspecify.annotations.NullMarked;
