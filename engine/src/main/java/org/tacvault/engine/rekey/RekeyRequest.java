package org.tacvault.engine.rekey;

import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * Archives of one destination that are to be encrypted anew.
 *
 * @param destinationId of the catalog; null for a directory
 * @param place the id, or the path of the directory
 * @param wanted which archives
 * @param oldKeys what opens an archive as it is
 * @param keepOld whether the old archives stay, too
 */
public record RekeyRequest(
    @Nullable String destinationId,
    String place,
    Destination destination,
    Predicate<StoredArchive> wanted,
    NewKey newKey,
    Function<ArchiveRef, Keys> oldKeys,
    boolean keepOld,
    RekeyListener listener) {}
