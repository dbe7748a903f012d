package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tacvault.engine.home.Home;

class HomeLocatorTest {
  private static final Path HERE = Path.of("/work/here");

  @Test
  void theOptionWinsOverTheVariable() {
    Home home = locate(Map.of("TACACS_HOME", "/env"), "srv", null);
    assertThat(home.root()).isEqualTo(Path.of("/work/here/srv"));
    assertThat(home.configFile()).isEqualTo(Path.of("/work/here/srv/config/tacacs.conf"));
  }

  @Test
  void theVariableWinsOverTheWorkingDirectory() {
    assertThat(locate(Map.of("TACACS_HOME", "/env"), null, null).root()).isEqualTo(Path.of("/env"));
  }

  @Test
  void aConfigurationInADirectoryNamedConfigTellsTheHomeAboveIt() {
    Home home = locate(Map.of(), null, "/etc/tac/config/other.conf");
    assertThat(home.root()).isEqualTo(Path.of("/etc/tac"));
    assertThat(home.configFile()).isEqualTo(Path.of("/etc/tac/config/other.conf"));
  }

  @Test
  void aConfigurationElsewhereTellsItsOwnDirectory() {
    assertThat(locate(Map.of(), null, "/etc/tac/tacacs.conf").root())
        .isEqualTo(Path.of("/etc/tac"));
  }

  @Test
  void theConfigurationVariableIsRelativeToTheHome() {
    Map<String, String> environment = Map.of("TACACS_CONFIG", "etc/t.conf", "TACACS_HOME", "/srv");
    assertThat(locate(environment, null, null).configFile()).isEqualTo(Path.of("/srv/etc/t.conf"));
  }

  @Test
  void withoutAnythingTheHomeIsTheWorkingDirectory() {
    Home home =
        locate(Map.of("TACACS_HOME", " ", "TACACS_CONFIG", "https://conf.example/t"), null, null);
    assertThat(home).isEqualTo(Home.at(HERE));
  }

  @Test
  void aConfigurationAtTheRootOfTheFileSystemHasAHome() {
    assertThat(locate(Map.of(), null, "/tacacs.conf").root()).isEqualTo(Path.of("/"));
    assertThat(locate(Map.of(), null, "/config/tacacs.conf").root()).isEqualTo(Path.of("/"));
  }

  private static Home locate(Map<String, String> environment, String home, String config) {
    return new HomeLocator(environment, HERE)
        .locate(Optional.ofNullable(home).map(Path::of), Optional.ofNullable(config).map(Path::of));
  }
}
