package org.tacvault.server;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.tacvault.server.security.InitialPassword;
import org.tacvault.server.security.NewAdministrator;

/** A service that answers; {@link #close} lets running work end, see {@code shutdown_timeout}. */
public final class RunningServer implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final String host;
  private final String scheme;
  private final CountDownLatch closed = new CountDownLatch(1);

  RunningServer(ConfigurableApplicationContext context, ServerOptions options) {
    this.context = context;
    this.host = options.host();
    this.scheme = options.tls().isPresent() ? "https" : "http";
    ApplicationListener<ContextClosedEvent> onClose = event -> closed.countDown();
    context.addApplicationListener(onClose);
  }

  /** The port that it listens on, also when a free one was asked for. */
  public int port() {
    return ((WebServerApplicationContext) context).getWebServer().getPort();
  }

  /** Where a browser on this machine reaches it. */
  public URI url() {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    String name = everywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + name + ":" + port());
  }

  /** The account that this start had to make; its password is not kept anywhere. */
  public Optional<NewAdministrator> newAdministrator() {
    return context.getBean(InitialPassword.class).created();
  }

  /** Returns when the service has been closed. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    context.close();
  }
}
