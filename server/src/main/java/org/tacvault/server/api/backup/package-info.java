/** Backups: asked for, listed, brought and taken away. */
@NullMarked
package org.tacvault.server.api.backup;

import org.jspecify.annotations.NullMarked;
