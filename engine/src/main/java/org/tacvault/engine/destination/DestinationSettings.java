package org.tacvault.engine.destination;

import java.util.Map;

/** The checked settings of one destination of one type; they open themselves. */
public interface DestinationSettings {
  /** local, ftp, sftp, azure, s3. */
  String type();

  /** The normalised configuration as it is stored, secrets in clear. */
  Map<String, Object> toConfig();

  /**
   * Opens the destination; connects lazily or at once, as the provider needs.
   *
   * @param retries for single steps of an operation that a provider can repeat by themselves, for
   *     example one part of an upload; whole operations are repeated by {@link RetryingDestination}
   */
  Destination open(Retries retries);

  /** {@link #open(Retries)} where the first failure counts, as in a connection test. */
  default Destination open() {
    return open(Retries.NONE);
  }
}
