package org.tacvault.server;

import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.springframework.boot.web.server.PortInUseException;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Turns what Spring and Tomcat say about a failed start into what an administrator can use. */
final class StartFailures {
  private StartFailures() {}

  static EngineException of(String operation, ServerOptions options, RuntimeException failure) {
    String address = options.host() + ":" + options.port();
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof EngineException known) {
        return known;
      }
      if (link instanceof PortInUseException) {
        return new EngineException(
                ErrorKind.FAILED, operation, address, "the port is already in use")
            .withHint("stop the program that listens there, or choose another --port")
            .withCause(failure);
      }
      if (link instanceof UnknownHostException
          || link instanceof BindException
          || link instanceof SocketException
          || says(link, "Failed to convert") && says(link, "InetAddress")) {
        return new EngineException(
                ErrorKind.FAILED, operation, address, "cannot listen on this address")
            .withHint("--host takes an address of this machine; ports below 1024 need privileges")
            .withCause(failure);
      }
    }
    return new EngineException(ErrorKind.FAILED, operation, address, innermost(failure))
        .withCause(failure);
  }

  private static boolean says(Throwable failure, String words) {
    return failure.getMessage() != null && failure.getMessage().contains(words);
  }

  private static String innermost(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
  }
}
