package org.tacvault.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Home;

/**
 * A process that keeps the held restore of a home, or opens the home as any command does, as soon
 * as its standard input ends. Arguments: the home, {@code keep} or {@code open}, and what time it
 * takes it for. Prints {@code ready}, then {@code kept}, {@code back}, {@code nothing} or {@code
 * refused}.
 */
final class HeldRacer {
  private HeldRacer() {}

  public static void main(String[] arguments) throws IOException {
    Home home = Home.at(Path.of(arguments[0]));
    Instant now = Instant.parse(arguments[2]);
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Until the other one is ready as well.
    }
    try (BackupEngine engine =
        BackupEngine.open(new EngineOptions(home, Environment.of(Map.of()), () -> now))) {
      if (arguments[1].equals("keep")) {
        engine.heldRestores().keep("racer");
        System.out.println("end kept");
      } else {
        System.out.println(
            "end " + (engine.startup().recovered().isPresent() ? "back" : "nothing"));
      }
    } catch (EngineException e) {
      System.out.println("end refused " + e.kind());
    }
  }
}
