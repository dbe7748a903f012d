package org.tacvault.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.secret.Secret;
import org.tacvault.server.TestService;

class InitialPasswordTest {
  @TempDir Path home;

  @Test
  void aFirstStartWithoutCredentialsMakesAPasswordAndKeepsOnlyItsHash() throws IOException {
    String password;
    try (TestService service = TestService.start(home, Map.of())) {
      NewAdministrator made = service.server().newAdministrator().orElseThrow();
      assertThat(made.toString()).contains(Secret.MASK);
      assertThat(made.username()).isEqualTo("admin");
      password = new String(made.password().reveal());
      assertThat(password).matches("([a-z2-9]{4}-){4}[a-z2-9]{4}");
      assertThat(service.logIn("admin", "anything").statusCode()).isEqualTo(401);
      assertThat(service.logIn("admin", password).statusCode()).isEqualTo(200);
    }
    for (Path file : files()) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain(password);
    }
    Path file = home.resolve("data/tacvault_admin.hash");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).startsWith("$2b$12$");
    try (TestService again = TestService.start(home, Map.of())) {
      assertThat(again.server().newAdministrator()).isEmpty();
      assertThat(again.logIn("admin", password).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void configuredCredentialsNeedNone() throws IOException {
    try (TestService service = TestService.start(home)) {
      assertThat(service.server().newAdministrator()).isEmpty();
    }
    assertThat(files()).noneMatch(file -> file.endsWith("tacvault_admin.hash"));
  }

  @Test
  void hashOfTheEnvironmentCountsBeforeTheFileAndThatBeforeAPlainPassword() throws IOException {
    String ofFile = PasswordHash.of("password of file");
    TestService.configure(home, "[admin]\npassword_hash = " + ofFile + "\n");
    Map<String, String> both =
        Map.of("ADMIN_PASSWORD_HASH", TestService.HASH, "ADMIN_PASSWORD", "plain password");
    assertThat(rightOf(both)).containsExactly(TestService.PASSWORD);
    assertThat(rightOf(Map.of("ADMIN_PASSWORD", "plain password")))
        .containsExactly("password of file");
    TestService.configure(home, "");
    assertThat(rightOf(Map.of("ADMIN_PASSWORD", "plain password")))
        .containsExactly("plain password");
  }

  @Test
  void nameOfTheEnvironmentCounts() {
    Map<String, String> named =
        Map.of("ADMIN_PASSWORD_HASH", TestService.HASH, "ADMIN_USERNAME", "chief");
    try (TestService service = TestService.start(home, named)) {
      assertThat(service.logIn("admin", TestService.PASSWORD).statusCode()).isEqualTo(401);
      assertThat(service.logIn("chief", TestService.PASSWORD).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBrokenConfigurationDoesNotKeepOutWhoComesToRestoreIt() throws IOException {
    TestService.configure(home, "this is no configuration");
    assertThat(rightOf(Map.of("ADMIN_PASSWORD_HASH", TestService.HASH)))
        .containsExactly(TestService.PASSWORD);
  }

  @Test
  void aPasswordThatBcryptWouldCutIsRefused() {
    assertThatThrownBy(() -> TestService.start(home, Map.of("ADMIN_PASSWORD", "ä".repeat(37))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("it is too long");
  }

  /** Which of the passwords of these tests open a service in this environment. */
  private List<String> rightOf(Map<String, String> environment) {
    try (TestService service = TestService.start(home, environment)) {
      return Stream.of(TestService.PASSWORD, "password of file", "plain password")
          .filter(password -> service.logIn("admin", password).statusCode() == 200)
          .toList();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
