package org.tacvault.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.destination.DestinationTypes;
import org.tacvault.engine.destination.LockedSettings;
import org.tacvault.engine.destination.RetryPolicy;
import org.tacvault.engine.destination.SecretFields;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.secret.SecretStore;

class ConfiguredDestinationsTest {
  private static final String RIGHT = "right code";

  @TempDir Path temp;
  private ConfiguredDestinations destinations;

  @BeforeEach
  void open() {
    DestinationTypes types =
        new DestinationTypes(Map.of(LockedSettings.TYPE, LockedSettings.type(RIGHT)));
    Catalog catalog =
        Catalog.open(
            temp.resolve("catalog.db"),
            new SecretStore(temp.resolve("secret.key"), Map.of()),
            SecretFields.known().with(types));
    destinations =
        new ConfiguredDestinations(
            catalog.destinations(), types, Map.of(), RetryPolicy.DEFAULT, UnaryOperator.identity());
  }

  @Test
  void aMaskIsNoSecretOfWhatIsNew() {
    assertThatThrownBy(() -> add(Secret.MASK)).satisfies(this::saysThatNothingIsStored);
    assertThatThrownBy(() -> destinations.test(LockedSettings.TYPE, config(Secret.MASK)))
        .satisfies(this::saysThatNothingIsStored);
    assertThat(destinations.records().list()).isEmpty();
  }

  @Test
  void aMaskStandsForTheSecretOfTheDestinationThatIsToChange() {
    String id = add(RIGHT).id();
    assertThat(destinations.test(id, LockedSettings.TYPE, config(Secret.MASK)).passed()).isTrue();
    assertThatThrownBy(() -> destinations.test(id, LockedSettings.TYPE, config("wrong code")))
        .hasMessageContaining("the code is wrong");
  }

  private DestinationRecord add(String code) {
    return destinations.add(
        NewDestination.keepingDays(
            "vault", LockedSettings.TYPE, config(code), 30, Instant.EPOCH, "test"));
  }

  private Map<String, Object> config(String code) {
    return Map.of("base_path", temp.resolve("store").toString(), LockedSettings.SECRET_KEY, code);
  }

  private void saysThatNothingIsStored(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
        .hasMessageContaining("no value is stored that it could stand for");
  }
}
