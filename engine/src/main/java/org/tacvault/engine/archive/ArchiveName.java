package org.tacvault.engine.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code backup-<instance>-<YYYYMMDD-HHMMSS>-<type>[-<n>].tar.gz|tar.zst[.age|.enc]}; sorts by time
 * when the instance is the same. {@code n} from 2 keeps two backups of one second apart.
 *
 * @param takenAt UTC, whole seconds
 * @param type manual, scheduled, startup or emergency; others are read
 * @param sequence 1 unless another archive of the same second exists
 * @param suffix from {@code .tar} on
 */
public record ArchiveName(
    String instance, Instant takenAt, String type, int sequence, String suffix) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "backup-([A-Za-z0-9_-]{1,64})-(\\d{8}-\\d{6})-([A-Za-z0-9_]{1,32})(?:-([2-9]|[1-9]\\d{1,5}))?"
              + "(\\.tar\\.gz|\\.tgz|\\.tar\\.zst)(\\.age|\\.enc)?");

  public ArchiveName {
    takenAt = takenAt.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Reads a file name; empty when it is not one of ours or of the Python server's. */
  public static Optional<ArchiveName> parse(String filename) {
    Matcher matcher = GRAMMAR.matcher(filename);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Instant takenAt = LocalDateTime.parse(matcher.group(2), TIME).toInstant(ZoneOffset.UTC);
      int sequence = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
      String encryption = matcher.group(6) == null ? "" : matcher.group(6);
      return Optional.of(
          new ArchiveName(
              matcher.group(1),
              takenAt,
              matcher.group(3),
              sequence,
              matcher.group(5) + encryption));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether a listing should show {@code filename} at all: something that ends like an archive. */
  public static boolean looksLikeArchive(String filename) {
    return !filename.startsWith(".")
        && filename.matches(".+\\.(tar\\.gz|tgz|tar\\.zst)(\\.age|\\.enc)?");
  }

  public String filename() {
    String time = TIME.format(LocalDateTime.ofInstant(takenAt, ZoneOffset.UTC));
    String counter = sequence == 1 ? "" : "-" + sequence;
    return "backup-" + instance + "-" + time + "-" + type + counter + suffix;
  }

  /** {@code <instance>/<type>/<filename>}, the place below a destination's base path. */
  public String relativePath() {
    return instance + "/" + type + "/" + filename();
  }

  /** The next name of the same second. */
  public ArchiveName next() {
    return new ArchiveName(instance, takenAt, type, sequence + 1, suffix);
  }

  public boolean isEncrypted() {
    return suffix.endsWith(".age") || suffix.endsWith(".enc");
  }
}
