/** One live file or database of a component: live to copy, and copy to live. */
@NullMarked
package org.tacvault.engine.source;

import org.jspecify.annotations.NullMarked;
