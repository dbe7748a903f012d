package org.tacvault.engine.encryption;

import java.io.IOException;

/** The bytes of a Fernet token are not as they must be; reading them went well. */
final class MalformedTokenException extends IOException {
  MalformedTokenException(String reason) {
    super(reason);
  }
}
