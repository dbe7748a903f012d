/** What the service answers over HTTP: one controller per resource. */
@NullMarked
package org.tacvault.server.api;

import org.jspecify.annotations.NullMarked;
