package org.tacvault.engine.encryption;

import java.io.IOException;

/** The bytes of an archive are not as they must be; getting at them went well. */
final class MalformedArchiveException extends IOException {
  MalformedArchiveException(String reason) {
    super(reason);
  }
}
