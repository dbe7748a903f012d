package org.tacvault.engine.error;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** Turns the file system's exceptions into engine failures of the right kind, with a hint. */
public final class IoFailures {
  private IoFailures() {}

  /**
   * The engine failure for {@code cause}; an {@link EngineException} wrapped inside comes back as
   * is.
   */
  public static EngineException of(String operation, Object subject, Exception cause) {
    for (Throwable link = cause; link != null; link = link.getCause()) {
      if (link instanceof EngineException known) {
        return known;
      }
    }
    // Before interruptions: a timeout calls itself one.
    if (isNetwork(cause)) {
      return failure(ErrorKind.UNREACHABLE, operation, subject, networkReason(cause), cause)
          .withHint("check that the host is up and that the network lets it through");
    }
    if (cause instanceof ClosedByInterruptException || cause instanceof InterruptedIOException) {
      return failure(ErrorKind.INTERRUPTED, operation, subject, "it was stopped", cause);
    }
    if (cause instanceof NoSuchFileException missing) {
      return failure(
          ErrorKind.NOT_FOUND, operation, subject, missing.getFile() + " does not exist", cause);
    }
    if (cause instanceof AccessDeniedException denied) {
      return failure(
              ErrorKind.ACCESS_DENIED,
              operation,
              subject,
              "permission denied: " + denied.getFile(),
              cause)
          .withHint("check owner and mode of the path and the user that runs tacvault");
    }
    if (cause instanceof ReadOnlyFileSystemException || says(cause, "read-only file system")) {
      return failure(
              ErrorKind.ACCESS_DENIED, operation, subject, "the file system is read-only", cause)
          .withHint("choose a place that can be written, or mount it for writing");
    }
    if (cause instanceof FileAlreadyExistsException exists) {
      return failure(
          ErrorKind.CONFLICT, operation, subject, exists.getFile() + " already exists", cause);
    }
    if (says(cause, "no space left") || says(cause, "disk quota exceeded")) {
      return failure(ErrorKind.NO_SPACE, operation, subject, "no space left on the device", cause)
          .withHint("free some space, or set [backup] temp_directory to a larger file system");
    }
    return failure(ErrorKind.FAILED, operation, subject, reasonOf(cause), cause);
  }

  private static boolean isNetwork(Exception cause) {
    return cause instanceof SocketTimeoutException
        || cause instanceof SocketException
        || cause instanceof UnknownHostException;
  }

  private static String networkReason(Exception cause) {
    return cause instanceof UnknownHostException
        ? "the host is not known: " + cause.getMessage()
        : reasonOf(cause);
  }

  private static EngineException failure(
      ErrorKind kind, String operation, Object subject, String reason, Exception cause) {
    return new EngineException(kind, operation, subject, reason).withCause(cause);
  }

  private static boolean says(Exception cause, String words) {
    String message = cause.getMessage();
    return cause instanceof IOException
        && message != null
        && message.toLowerCase(Locale.ROOT).contains(words);
  }

  private static String reasonOf(Exception cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
