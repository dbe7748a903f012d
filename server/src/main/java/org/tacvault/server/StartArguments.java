package org.tacvault.server;

import java.util.ArrayList;
import java.util.List;

/** What Spring Boot is told, in its own words. */
final class StartArguments {
  private StartArguments() {}

  static String[] of(ServerOptions options) {
    List<String> arguments = new ArrayList<>();
    // Only our own file: an application.properties in the working directory is not for us.
    arguments.add("--spring.config.location=classpath:/tacvault-server.properties");
    arguments.add("--server.address=" + options.host());
    arguments.add("--server.port=" + options.port());
    arguments.add("--logging.config=" + options.logFormat().configuration());
    options.tls().ifPresent(tls -> arguments.addAll(tls.arguments()));
    return arguments.toArray(String[]::new);
  }
}
