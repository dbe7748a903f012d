package org.tacvault.server;

import java.nio.file.Files;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** The service. Whoever starts it stops it: it hears no signals of its own. */
// Our own account is no user of Spring Security.
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class ServerApplication {
  private static final String OPERATION = "start server";

  /**
   * Starts the service and returns when it answers.
   *
   * @throws EngineException when the home does not exist or the address cannot be listened on
   */
  public static RunningServer start(ServerOptions options) {
    requireHome(options);
    options.tls().ifPresent(TlsFiles::check);
    try {
      String[] arguments = StartArguments.of(options);
      return new RunningServer(application(options).run(arguments), options);
    } catch (RuntimeException e) {
      throw StartFailures.of(OPERATION, options, e);
    }
  }

  private static SpringApplication application(ServerOptions options) {
    SpringApplication application = new SpringApplication(ServerApplication.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    ApplicationContextInitializer<GenericApplicationContext> home =
        context -> context.registerBean(ServerOptions.class, () -> options);
    application.addInitializers(home);
    return application;
  }

  private static void requireHome(ServerOptions options) {
    if (!Files.isDirectory(options.home().root())) {
      throw new EngineException(
              ErrorKind.NOT_FOUND, OPERATION, options.home().root(), "no such directory")
          .withHint("name the directory of the TACACS+ server with --home");
    }
  }
}
