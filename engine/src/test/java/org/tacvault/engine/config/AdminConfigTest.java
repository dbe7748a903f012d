package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminConfigTest {
  private static final String HASH_END =
      "$04$2S.QI2lflfzPH9tafWCVGuFRagurnIyT302b6/.n5sSasOKzr79W2";

  @TempDir Path directory;
  private TestConfig config;

  @BeforeEach
  void createHome() {
    config = new TestConfig(directory);
  }

  @Test
  void knowsNoPasswordUnlessOneIsConfigured() {
    assertThat(AdminConfig.from(config.load())).isEqualTo(AdminConfig.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2a", "$2b", "$2y"})
  void readsNameHashAndTimeout(String prefix) {
    config.file(
        "[admin]\nusername = chief\npassword_hash = "
            + prefix
            + HASH_END
            + "\nsession_timeout_minutes = 5\n");
    AdminConfig read = AdminConfig.from(config.load());
    assertThat(read.username()).isEqualTo("chief");
    assertThat(read.passwordHash()).hasValue(prefix + HASH_END);
    assertThat(read.passwordOrigin().orElseThrow()).endsWith("tacacs.conf:3");
    assertThat(read.sessionTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(read.toString()).doesNotContain(HASH_END);
  }

  @Test
  void nameAndHashOfTheEnvironmentReplaceThoseOfTheFile() {
    config.file("[admin]\nusername = chief\npassword_hash = $2b" + HASH_END + "\n");
    config.variable("ADMIN_USERNAME", "root");
    config.variable("ADMIN_PASSWORD_HASH", "$2y" + HASH_END);
    AdminConfig read = AdminConfig.from(config.load());
    assertThat(read.username()).isEqualTo("root");
    assertThat(read.passwordHash()).hasValue("$2y" + HASH_END);
    assertThat(read.passwordOrigin()).hasValue("environment ADMIN_PASSWORD_HASH");
  }

  @Test
  void namesAllProblemsTogetherAndNoHash() {
    config.file("[admin]\nusername =\npassword_hash = plain-text\nsession_timeout_minutes = 0\n");
    assertThatThrownBy(() -> AdminConfig.from(config.load()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("[admin] username is empty")
        .hasMessageContaining("[admin] password_hash is not a bcrypt hash")
        .hasMessageContaining("[admin] session_timeout_minutes is '0'")
        .hasMessageContaining("tacacs.conf:4")
        .hasMessageNotContaining("plain-text");
  }
}
