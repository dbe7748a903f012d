package org.tacvault.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/** Says at the start that others on the network could read what is sent. */
@Component
class ExposureWarning implements ApplicationListener<ApplicationReadyEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(ExposureWarning.class);

  private final ServerOptions options;

  ExposureWarning(ServerOptions options) {
    this.options = options;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent ready) {
    if (options.tls().isEmpty() && !isLoopback(options.host())) {
      LOG.warn(
          "SECURITY: {} can be reached from other machines and does not speak TLS: passwords,"
              + " tokens and backups can be read on the way. Give --tls-certificate and --tls-key,"
              + " or listen on 127.0.0.1 behind a proxy that does",
          options.host());
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
