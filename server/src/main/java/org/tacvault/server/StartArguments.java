package org.tacvault.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tacvault.engine.config.ServiceConfig;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.error.EngineException;

/** What Spring Boot is told, in its own words. */
final class StartArguments {
  /** With none at all it would wait for ever. */
  private static final Duration LEAST_PHASE = Duration.ofSeconds(1);

  private StartArguments() {}

  static String[] of(ServerOptions options, Duration stop) {
    Duration phase = stop.compareTo(LEAST_PHASE) < 0 ? LEAST_PHASE : stop;
    List<String> arguments = new ArrayList<>();
    // Only our own file: an application.properties in the working directory is not for us.
    arguments.add("--spring.config.location=classpath:/tacvault-server.properties");
    arguments.add("--server.address=" + options.host());
    arguments.add("--server.port=" + options.port());
    arguments.add("--logging.config=" + options.logFormat().configuration());
    arguments.add("--tacvault.stop-patience=" + stop.toSeconds() + "s");
    arguments.add("--spring.lifecycle.timeout-per-shutdown-phase=" + phase.toSeconds() + "s");
    options.tls().ifPresent(tls -> arguments.addAll(tls.arguments()));
    return arguments.toArray(String[]::new);
  }

  /** How long running work may go on when the service is told to stop. */
  static Duration shutdownTimeout(ServerOptions options) {
    try {
      return ServiceConfig.from(TacacsConfig.load(options.home(), options.environment()))
          .shutdownTimeout();
    } catch (EngineException e) {
      // The service starts all the same: it may be what mends the configuration.
      return ServiceConfig.defaults().shutdownTimeout();
    }
  }
}
