package org.tacvault.cli;

import java.net.URI;
import org.tacvault.server.RunningServer;
import org.tacvault.server.ServerApplication;
import org.tacvault.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the service until Ctrl-C or SIGTERM. */
@Command(name = "serve", description = "Run the service: the REST API, and what it does by itself.")
final class ServeCommand extends TacvaultCommand {
  @Mixin private ServeOptions serving = new ServeOptions();

  @Option(
      names = "--stop-when-ready",
      description = "Stop as soon as the service answers: shows whether it can start.")
  private boolean stopWhenReady;

  /** What {@code --json} prints when the service answers. */
  record Serving(String home, URI url, int port) {}

  @Override
  ExitCode run(CommandContext context) {
    ServerOptions options = serving.of(context);
    try (RunningServer server = ServerApplication.start(options)) {
      context.allowToStop(server.stopsWithin());
      String home = options.home().root().toString();
      server.newAdministrator().ifPresent(made -> NewAdministratorNote.show(context, made));
      context
          .console()
          .answer(
              new Serving(home, server.url(), server.port()),
              () -> "Serving " + home + " at " + server.url());
      if (!stopWhenReady) {
        StartupBackup.run(context);
        server.awaitClose();
      }
      return ExitCode.OK;
    } catch (InterruptedException e) {
      // The service was asked to stop and has: not a failure worth a message.
      context.console().note("Stopped");
      return ExitCode.INTERRUPTED;
    }
  }
}
