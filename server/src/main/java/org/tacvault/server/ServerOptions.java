package org.tacvault.server;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tacvault.engine.EngineOptions;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;

/**
 * What the service is started with.
 *
 * @param environment where the engine and the access to the service look for their variables
 * @param host the address to listen on; a name or an IP address of this machine
 * @param port 0 to 65535; 0 takes a free one, see {@link RunningServer#port}
 * @param tls certificate and key; without them it speaks plain HTTP
 * @param logFormat of the log on standard error
 * @param trustedProxies IP addresses whose {@code X-Forwarded-…} headers are believed
 * @param jobs whether stored jobs run, and the backup at start is made
 */
public record ServerOptions(
    Home home,
    Environment environment,
    String host,
    int port,
    InstantSource clock,
    Optional<TlsFiles> tls,
    LogFormat logFormat,
    List<String> trustedProxies,
    boolean jobs) {
  /** Only programs on the same machine can reach the service. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  public static final int DEFAULT_PORT = 8080;

  private static final int LAST_PORT = 65_535;

  /** With the environment of this process. */
  public ServerOptions(Home home, String host, int port) {
    this(home, Environment.system(), host, port);
  }

  public ServerOptions {
    if (port < 0 || port > LAST_PORT) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT, "start server on port", port, "no such port")
          .withHint("choose 1 to " + LAST_PORT + ", or 0 for any free port");
    }
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** With the clock of this process, and no proxy before it. */
  public ServerOptions(Home home, Environment environment, String host, int port) {
    this(
        home,
        environment,
        host,
        port,
        InstantSource.system(),
        Optional.empty(),
        LogFormat.PLAIN,
        List.of(),
        true);
  }

  public ServerOptions withClock(InstantSource newClock) {
    return new ServerOptions(
        home, environment, host, port, newClock, tls, logFormat, trustedProxies, jobs);
  }

  /** Speaks HTTPS. */
  public ServerOptions withTls(TlsFiles files) {
    return new ServerOptions(
        home, environment, host, port, clock, Optional.of(files), logFormat, trustedProxies, jobs);
  }

  public ServerOptions withLogFormat(LogFormat format) {
    return new ServerOptions(
        home, environment, host, port, clock, tls, format, trustedProxies, jobs);
  }

  /** Believes what these proxies say about who asks, and whether by https. */
  public ServerOptions withTrustedProxies(List<String> addresses) {
    return new ServerOptions(home, environment, host, port, clock, tls, logFormat, addresses, jobs);
  }

  /** Runs no jobs: it is only to be seen whether the service can start. */
  public ServerOptions withoutJobs() {
    return new ServerOptions(
        home, environment, host, port, clock, tls, logFormat, trustedProxies, false);
  }

  /** What an engine on the home is opened with. */
  EngineOptions engine() {
    return new EngineOptions(home, environment, clock);
  }
}
