/** What monitoring sees of the service. */
@NullMarked
package org.tacvault.server.observe;

import org.jspecify.annotations.NullMarked;
