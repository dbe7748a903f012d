package org.tacvault.engine.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.tacvault.engine.error.IoFailures;

/** How the tar is compressed. Levels are 1 (fast) to 9 (small) for both; 6 is usual. */
public enum Compression {
  /**
   * Gzip (RFC 1952) as a sequence of members of one mebibyte of input each; every gzip reader takes
   * it for one file.
   */
  GZIP(".tar.gz") {
    @Override
    FinishableOutputStream open(OutputStream out, int level, int threads) {
      return new ParallelGzipStream(out, threads, () -> BlockDeflater.open(level));
    }

    @Override
    public String coder() {
      return Libdeflate.load().isPresent() ? "libdeflate" : "zlib";
    }
  },

  /**
   * One zstd frame (RFC 8878) with a checksum. Its own levels mean other things, so ours 1 to 9
   * stand for zstd's 1, 1, 2, 2, 3, 3, 5, 7, 9: the usual 6 is zstd's own default.
   */
  ZSTD(".tar.zst") {
    @Override
    FinishableOutputStream open(OutputStream out, int level, int threads) throws IOException {
      return new ZstdStream(out, ZSTD_LEVELS[level - 1], threads);
    }

    @Override
    public String coder() {
      return "zstd";
    }
  };

  /** Fastest and smallest. */
  public static final int MIN_LEVEL = 1;

  public static final int MAX_LEVEL = 9;

  private static final int[] ZSTD_LEVELS = {1, 1, 2, 2, 3, 3, 5, 7, 9};
  // More threads outrun any disk; they would only take memory.
  private static final int MAX_THREADS = 16;

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /**
   * Compresses to {@code out}, which is never closed, on all processors (at most sixteen).
   *
   * @param level {@link #MIN_LEVEL} to {@link #MAX_LEVEL}
   */
  public FinishableOutputStream compress(OutputStream out, int level) {
    requireLevel(level);
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
    try {
      return open(out, level, threads);
    } catch (IOException e) {
      throw IoFailures.of("compress", "archive", e);
    }
  }

  /** Ends the name of an archive: {@code .tar.gz} or {@code .tar.zst}. */
  public String suffix() {
    return suffix;
  }

  /** The name in the configuration and the manifest: {@code gzip} or {@code zstd}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What does the work on this machine: {@code libdeflate}, {@code zlib} or {@code zstd}. */
  public abstract String coder();

  abstract FinishableOutputStream open(OutputStream out, int level, int threads) throws IOException;

  static void requireLevel(int level) {
    if (level < MIN_LEVEL || level > MAX_LEVEL) {
      throw new IllegalArgumentException("compression level is not 1 to 9: " + level);
    }
  }
}
