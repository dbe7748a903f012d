package org.tacvault.engine.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacvault.engine.destination.local.LocalSettings;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class DestinationTypesTest {
  private final DestinationTypes types =
      new DestinationTypes(Map.of("local", LocalSettings::parse));

  @Test
  void findsTheTypeInAnyCaseAndWithBlanks() {
    DestinationSettings settings = types.parse(" Local ", Map.of("base_path", "/srv/backups"));
    assertThat(settings.type()).isEqualTo("local");
    assertThat(settings.toConfig()).isEqualTo(Map.of("base_path", "/srv/backups"));
  }

  @Test
  void refusesAnUnknownTypeAndSaysWhichAreKnown() {
    assertThatThrownBy(() -> types.parse("Floppy", Map.of()))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
              assertThat(failure.reason()).isEqualTo("Unknown destination type: Floppy");
              assertThat(failure.hint()).contains("known types: local");
            });
  }
}
