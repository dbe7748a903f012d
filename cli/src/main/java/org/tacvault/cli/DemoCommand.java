package org.tacvault.cli;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Console;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.sample.SampleDisaster;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.server.RunningServer;
import org.tacvault.server.ServerApplication;
import org.tacvault.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows a backup, a disaster and a restore on made-up data, then serves it. With {@code --json}:
 * {@code directory, home}, {@code backup} (as {@link BackupCommand} has it), {@code disaster} of
 * {@code users_deleted, group_deleted, devices_deleted, bytes_overwritten}, {@code restore} of
 * {@code execution_id, emergency_backup, components[], restart_required, warnings[]}, {@code
 * tables} and {@code files} that were compared, {@code equal} and {@code url|null}.
 */
@Command(
    name = "demo",
    description = "Show a backup, a disaster and a restore on made-up data, then serve it.",
    footer = {"", "Example: tacvault demo --no-serve --accounting-rows 1000000"})
final class DemoCommand extends TacvaultCommand {
  private static final int DEFAULT_ROWS = 50_000;

  /** What {@code --json} prints. */
  record Answer(
      String directory,
      String home,
      BackupAnswer backup,
      SampleDisaster disaster,
      RestoreAnswer.Result restore,
      int tables,
      int files,
      boolean equal,
      @Nullable URI url) {}

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "tacvault-demo",
      description =
          "Where, new or of an earlier demo, which is deleted (default: ./${DEFAULT-VALUE}).")
  private Path directory;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + ServerOptions.DEFAULT_PORT,
      description = "Port to serve on, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--no-serve", description = "End after the restore.")
  private boolean noServe;

  @Option(
      names = "--accounting-rows",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_ROWS,
      description = "Accounting records (default: ${DEFAULT-VALUE}).")
  private int accountingRows;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same seed makes the same people and devices (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  ExitCode run(CommandContext context) {
    SampleSize size = SampleSize.DEMO.withAccountingRows(accountingRows);
    Path root = context.path(directory);
    ServerOptions options =
        new ServerOptions(Home.at(root.resolve("home")), ServerOptions.DEFAULT_HOST, port);
    Console console = context.console();
    DemoDirectory place = DemoDirectory.prepare(root);
    console.show("Tacvault demo in " + root);
    Demo.Proof proof = new Demo(place, size, seed, context.clock(), console::show).run();
    if (noServe) {
      console.answer(
          answer(place, proof, null), () -> "Look around: tacvault list --home " + place.home());
      return ExitCode.OK;
    }
    return serve(console, options, place, proof);
  }

  private static ExitCode serve(
      Console console, ServerOptions options, DemoDirectory place, Demo.Proof proof) {
    try (RunningServer server = ServerApplication.start(options)) {
      console.answer(
          answer(place, proof, server.url()),
          () -> "Serving it at " + server.url() + " (Ctrl-C ends)");
      server.awaitClose();
      return ExitCode.OK;
    } catch (InterruptedException e) {
      // The user has seen enough: not a failure worth a message.
      console.note("Stopped");
      return ExitCode.INTERRUPTED;
    }
  }

  private static Answer answer(DemoDirectory place, Demo.Proof proof, @Nullable URI url) {
    return new Answer(
        place.root().toString(),
        place.home().toString(),
        proof.backup(),
        proof.disaster(),
        RestoreAnswer.Result.of(proof.restore()),
        proof.tables(),
        proof.files(),
        true,
        url);
  }
}
