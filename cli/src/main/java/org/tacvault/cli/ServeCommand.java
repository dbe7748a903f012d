package org.tacvault.cli;

import java.net.URI;
import org.tacvault.server.LogFormat;
import org.tacvault.server.RunningServer;
import org.tacvault.server.ServerApplication;
import org.tacvault.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the service until Ctrl-C or SIGTERM. */
@Command(
    name = "serve",
    description = "Run the service: the REST API, and the jobs at their times.",
    footer = {
      "",
      "  A first start without destinations adds one, data/backups, and a job for every night.",
      "  When it is stopped, running backups go on for [backup] shutdown_timeout seconds."
    })
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
    ServerOptions wished = serving.of(context);
    ServerOptions options = stopWhenReady ? wished.withoutJobs() : wished;
    try (SlowEnd ignored = SlowEnd.begin();
        RunningServer server = ServerApplication.start(options)) {
      String home = options.home().root().toString();
      server.newAdministrator().ifPresent(made -> NewAdministratorNote.show(context, made));
      context
          .console()
          .answer(
              new Serving(home, server.url(), server.port()),
              () -> "Serving " + home + " at " + server.url());
      if (!stopWhenReady) {
        server.awaitClose();
      }
      return ExitCode.OK;
    } catch (InterruptedException e) {
      // The service was asked to stop and has: not a failure worth a message.
      if (options.logFormat() == LogFormat.PLAIN) {
        context.console().note("Stopped");
      }
      return ExitCode.INTERRUPTED;
    }
  }
}
