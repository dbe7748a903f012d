package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;

class HomeLocatorTest {
  private static final Optional<String> NONE = Optional.empty();

  @TempDir Path directory;
  private final Map<String, String> variables = new HashMap<>();
  private Path one;
  private Path two;

  @BeforeEach
  void createHomes() throws IOException {
    one = create("one");
    two = create("two");
  }

  @Test
  void prefersTheGivenHomeToTheVariable() {
    variables.put("TACACS_HOME", two.toString());

    assertThat(locate(Optional.of("one"), NONE)).isEqualTo(Home.at(one));
    assertThat(locate(NONE, NONE)).isEqualTo(Home.at(two));
  }

  @Test
  void takesTheWorkingDirectoryWhenItHoldsAConfiguration() {
    assertThat(locator(one).locate(NONE, NONE)).isEqualTo(Home.at(one));

    variables.put("TACACS_HOME", "");
    variables.put("TACACS_CONFIG", "");
    assertThat(locator(one).locate(NONE, NONE)).isEqualTo(Home.at(one));
  }

  @Test
  void findsTheHomeAroundTheConfiguration() throws IOException {
    Path flat = Files.createDirectory(directory.resolve("flat"));
    Files.createFile(flat.resolve("my.conf"));

    assertThat(locate(NONE, Optional.of("one/config/tacacs.conf"))).isEqualTo(Home.at(one));
    assertThat(locate(NONE, Optional.of("flat/my.conf")))
        .isEqualTo(new Home(flat, flat.resolve("my.conf")));
  }

  @Test
  void takesTheConfigurationOfTheVariableAndPrefersTheGivenOne() {
    variables.put("TACACS_CONFIG", two.resolve("config/tacacs.conf").toString());

    assertThat(locate(NONE, NONE)).isEqualTo(Home.at(two));
    assertThat(locate(NONE, Optional.of("one/config/tacacs.conf"))).isEqualTo(Home.at(one));
  }

  @Test
  void startsARelativeVariableAtTheHomeWhereTheServerRuns() {
    variables.put("TACACS_CONFIG", "config/tacacs.conf");

    assertThat(locate(Optional.of("one"), NONE)).isEqualTo(Home.at(one));
    assertThat(locator(two).locate(NONE, NONE)).isEqualTo(Home.at(two));
  }

  @Test
  void takesHomeAndConfigurationFromDifferentPlacesWhenBothAreNamedAlike() {
    Path elsewhere = two.resolve("config/tacacs.conf");

    assertThat(locate(Optional.of("one"), Optional.of(elsewhere.toString())))
        .isEqualTo(new Home(one, elsewhere));

    variables.put("TACACS_HOME", one.toString());
    variables.put("TACACS_CONFIG", elsewhere.toString());
    assertThat(locate(NONE, NONE)).isEqualTo(new Home(one, elsewhere));
  }

  @Test
  void neverMixesAGivenHomeWithTheConfigurationOfAnotherFromTheEnvironment() {
    variables.put("TACACS_CONFIG", two.resolve("config/tacacs.conf").toString());

    EngineException failure = failure(() -> locate(Optional.of("one"), NONE));

    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
    assertThat(failure.reason()).contains("belongs to another home");
    assertThat(failure.hint()).isPresent();
    assertThat(failure(() -> locator(directory).locateForRestore(Optional.of("new"), NONE)).kind())
        .isEqualTo(ErrorKind.INVALID_INPUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://conf.example/x", "HTTP://conf.example/x", "file:///etc/x"})
  void saysThatUrlsAreNotSupported(String url) {
    variables.put("TACACS_CONFIG", url);

    EngineException failure = failure(() -> locate(NONE, NONE));

    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
    assertThat(failure.reason()).contains("not supported");
    assertThat(failure.hint().orElseThrow()).contains("--config");
    assertThat(locate(Optional.of("one"), Optional.of("one/config/tacacs.conf")))
        .isEqualTo(Home.at(one));
  }

  @Test
  void doesNotShowTheUrlWhichMayHoldAPassword() {
    variables.put("TACACS_CONFIG", "https://u:hunter2@conf.example/x");

    assertThat(failure(() -> locate(NONE, NONE))).hasMessageNotContaining("hunter2");
  }

  @Test
  void saysWhatToDoWhenNoHomeCanBeTold() {
    EngineException failure = failure(() -> locate(NONE, NONE));

    assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(failure.hint().orElseThrow()).contains("--home").contains("TACACS_HOME");
    assertThat(failure(() -> locator(directory).locateForRestore(NONE, NONE)).kind())
        .isEqualTo(ErrorKind.NOT_FOUND);
  }

  @Test
  void refusesAHomeOrAConfigurationThatIsNotThere() {
    assertThat(failure(() -> locate(Optional.of("absent"), NONE)).kind())
        .isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(failure(() -> locate(Optional.of("one"), Optional.of("absent.conf"))).kind())
        .isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(failure(() -> locate(Optional.of("one/config/tacacs.conf"), NONE)).kind())
        .isEqualTo(ErrorKind.INVALID_INPUT);
    assertThat(failure(() -> locate(Optional.of("a\0b"), NONE)).kind())
        .isEqualTo(ErrorKind.INVALID_INPUT);
    assertThat(failure(() -> locate(NONE, Optional.of("/"))).kind())
        .isEqualTo(ErrorKind.INVALID_INPUT);
  }

  @Test
  void acceptsAHomeWithoutConfiguration() throws IOException {
    Path bare = Files.createDirectory(directory.resolve("bare"));

    assertThat(locate(Optional.of("bare"), NONE)).isEqualTo(Home.at(bare));
  }

  @Test
  void letsARestoreFillAHomeThatDoesNotExist() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    HomeLocator locator = locator(directory);

    assertThat(locator.locateForRestore(Optional.of("new/home"), NONE))
        .isEqualTo(Home.at(directory.resolve("new/home")));
    assertThat(failure(() -> locator.locateForRestore(Optional.of(file.toString()), NONE)).kind())
        .isEqualTo(ErrorKind.INVALID_INPUT);
  }

  private Path create(String name) throws IOException {
    Path home = directory.resolve(name);
    Files.createDirectories(home.resolve("config"));
    Files.createFile(home.resolve(Home.DEFAULT_CONFIG));
    return home;
  }

  private HomeLocator locator(Path workingDirectory) {
    return new HomeLocator(Environment.of(variables), workingDirectory);
  }

  private Home locate(Optional<String> home, Optional<String> config) {
    return locator(directory).locate(home, config);
  }

  private static EngineException failure(ThrowingCallable call) {
    return catchThrowableOfType(EngineException.class, call);
  }
}
