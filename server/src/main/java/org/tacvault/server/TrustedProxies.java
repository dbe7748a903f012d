package org.tacvault.server;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Believes {@code X-Forwarded-For} and {@code X-Forwarded-Proto} of the proxies that were named,
 * and of nobody else.
 */
@Component
class TrustedProxies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private final ServerOptions options;

  TrustedProxies(ServerOptions options) {
    this.options = options;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (!options.trustedProxies().isEmpty()) {
      RemoteIpValve valve = new RemoteIpValve();
      valve.setInternalProxies(
          options.trustedProxies().stream().map(Pattern::quote).collect(Collectors.joining("|")));
      valve.setProtocolHeader("X-Forwarded-Proto");
      factory.addEngineValves(valve);
    }
  }
}
