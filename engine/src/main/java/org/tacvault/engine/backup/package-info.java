/** Conducts a backup: snapshot, manifest, archive, encryption, destination, catalog, retention. */
@NullMarked
package org.tacvault.engine.backup;

import org.jspecify.annotations.NullMarked;
