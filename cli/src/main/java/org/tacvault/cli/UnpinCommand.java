package org.tacvault.cli;

import java.util.List;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Pin;
import org.tacvault.engine.catalog.Pins;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Leaves a pinned archive to retention again; the archive may be gone already. */
@Command(name = "unpin", description = "Leave a pinned archive to retention again.")
final class UnpinCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Unpinned(String destination, String path) {}

  @Parameters(index = "0", paramLabel = "NAME", description = "Name or id of the destination.")
  private String name;

  @Parameters(index = "1", paramLabel = "PATH", description = "The archive, whole or from the end.")
  private String path;

  @Override
  ExitCode run(CommandContext context) {
    DestinationRecord row = context.engine().catalog().destinations().get(name);
    Pins pins = context.engine().catalog().pins();
    Pin pin = find(pins.list(row.id()));
    pins.unpin(row.id(), pin.path());
    context.console().answer(new Unpinned(row.name(), pin.path()), () -> "Unpinned " + pin.path());
    return ExitCode.OK;
  }

  private Pin find(List<Pin> pins) {
    List<Pin> meant =
        pins.stream()
            .filter(pin -> pin.path().equals(path) || pin.path().endsWith("/" + path))
            .toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    throw new EngineException(
            meant.isEmpty() ? ErrorKind.NOT_FOUND : ErrorKind.INVALID_INPUT,
            "unpin archive",
            path,
            meant.isEmpty() ? "it is not pinned" : "several pinned archives end like this")
        .withHint(
            pins.isEmpty()
                ? "no archive of this destination is pinned"
                : "pinned are: " + String.join(", ", pins.stream().map(Pin::path).toList()));
  }
}
