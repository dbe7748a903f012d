package org.tacvault.server.error;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Ends the reading of a body that is larger than allowed. */
final class BodyTooLargeException extends IOException {
  BodyTooLargeException(long limit) {
    super("more than " + limit + " bytes");
  }

  /** Whether {@code failure} came of one. */
  static boolean isBehind(@Nullable Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof BodyTooLargeException) {
        return true;
      }
    }
    return false;
  }
}
