package org.tacvault.engine.backup;

import java.nio.file.Path;
import org.tacvault.engine.manifest.Manifest;

/**
 * An archive that is ready to be stored.
 *
 * @param suffix of its name, from {@code .tar} on
 * @param sha256 of the file, after encryption
 */
record PackedArchive(Path file, Manifest manifest, String suffix, long sizeBytes, String sha256) {}
