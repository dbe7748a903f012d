package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.error.EngineException;

class InstanceNameTest {
  private static final String ID = "instance_0123abcd";

  @TempDir Path directory;
  private TestConfig config;

  @BeforeEach
  void createHome() {
    config = new TestConfig(directory);
  }

  @Test
  void asksFileThenEnvironmentThenStoreThenId() {
    assertThat(choose(Optional.empty())).isEqualTo(ID);
    assertThat(choose(Optional.of(" "))).isEqualTo(ID);
    assertThat(choose(Optional.of("stored"))).isEqualTo("stored");

    config.variable("INSTANCE_NAME", "variable");
    assertThat(choose(Optional.of("stored"))).isEqualTo("variable");

    config.variable("TACACS_SERVER_INSTANCE_NAME", "filled");
    assertThat(choose(Optional.of("stored"))).isEqualTo("filled");

    config.file("[server]\ninstance_name = file\n");
    assertThat(choose(Optional.of("stored"))).isEqualTo("file");
  }

  @Test
  void skipsAnEmptyNameInTheFile() {
    config.file("[server]\ninstance_name =\n");

    assertThat(choose(Optional.of("stored"))).isEqualTo("stored");
  }

  @Test
  void saysWhereABadNameComesFrom() {
    config.file("[server]\ninstance_name = fra.1\n");
    assertThatThrownBy(() -> choose(Optional.empty()))
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "name instance 'fra.1': bad name from " + config.path() + ":2, [server] instance_name");

    config.file("");
    assertThatThrownBy(() -> choose(Optional.of("a/b")))
        .hasMessageContaining("config_overrides.db");

    config.variable("INSTANCE_NAME", "a b");
    assertThatThrownBy(() -> choose(Optional.empty()))
        .hasMessageContaining("environment INSTANCE_NAME");
  }

  private String choose(Optional<String> stored) {
    return InstanceName.choose(config.load(), config.environment(), stored, ID);
  }
}
