package org.tacvault.engine.destination;

import java.util.Map;

/** The checked settings of one destination of one type; they open themselves. */
public interface DestinationSettings {
  /** local, ftp, sftp, azure, s3. */
  String type();

  /** The normalised configuration as it is stored, secrets in clear. */
  Map<String, Object> toConfig();

  /** Opens the destination; connects lazily or at once, as the provider needs. */
  Destination open();
}
