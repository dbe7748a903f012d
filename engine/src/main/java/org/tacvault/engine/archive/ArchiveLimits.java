package org.tacvault.engine.archive;

/**
 * How much an archive may unpack to; a small file that claims to hold terabytes stops here.
 *
 * @param totalBytes all members together
 * @param memberBytes one member
 * @param ratio unpacked bytes for each packed one; looked at beyond the first 64 MiB, so that small
 *     files full of zeros pass
 * @param freeBytes room on the disk that it is unpacked to
 */
public record ArchiveLimits(long totalBytes, long memberBytes, long ratio, long freeBytes) {
  /** Below this many unpacked bytes the ratio does not matter. */
  static final long RATIO_FLOOR_BYTES = 64L << 20;

  private static final long TOTAL_BYTES = 4L << 40;
  private static final long MEMBER_BYTES = 2L << 40;
  // A database of nothing but wiped pages really comes near this with zstd.
  private static final long RATIO = 40_000;

  public ArchiveLimits {
    if (totalBytes < 1 || memberBytes < 1 || ratio < 1 || freeBytes < 0) {
      throw new IllegalArgumentException("limits of an archive must be positive");
    }
  }

  /** 4 TiB in all, 2 TiB a member, 1:40,000, and no more than there is room for. */
  public static ArchiveLimits forFreeSpace(long freeBytes) {
    return new ArchiveLimits(TOTAL_BYTES, MEMBER_BYTES, RATIO, freeBytes);
  }
}
