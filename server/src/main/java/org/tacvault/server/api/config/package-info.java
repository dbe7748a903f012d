/** The configuration as it is in force. */
@NullMarked
package org.tacvault.server.api.config;

import org.jspecify.annotations.NullMarked;
