/** The manifest of an archive: what is in it, its checksums, counts and metadata. */
@NullMarked
package org.tacvault.engine.manifest;

import org.jspecify.annotations.NullMarked;
