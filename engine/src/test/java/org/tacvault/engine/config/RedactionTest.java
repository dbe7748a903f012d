package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionTest {
  @TempDir Path directory;
  private TestConfig config;

  @BeforeEach
  void createHome() {
    config = new TestConfig(directory);
  }

  @Test
  void secretsOfFileEnvironmentAndOverridesAreMaskedWhereverTheyStand() {
    config.file(
        "[ldap]\nbind_password = hunter2\n[backup]\nencryption_passphrase = correct horse\n");
    config.variable("RADIUS_AUTH_SECRET", "s3cr3t!");
    config.variable("MY_API_TOKEN", "tok-1234");
    config.override("auth", "shared_secret", "overridden", "string");

    assertThat(apply("hunter2,xhunter2x correct horse s3cr3t! tok-1234 overridden"))
        .isEqualTo("********,x********x ******** ******** ******** ********");
  }

  @Test
  void aShortSecretIsMaskedWhereItStandsAlone() {
    config.file("[x]\npassword = on\n");

    assertThat(apply("connection on, on")).isEqualTo("connection ********, ********");
  }

  @Test
  void linesOfALongSecretAreMaskedOneByOne() {
    config.file("[openid]\nclient_private_key = AAAABBBB\n  CCCCDDDD\n");

    assertThat(apply("x AAAABBBB\ny CCCCDDDD")).isEqualTo("x ********\ny ********");
  }

  @Test
  void whatLooksLikeASecretIsMaskedToo() {
    assertThat(apply("password=abc http://u:p@h/ AGE-SECRET-KEY-1ABC"))
        .doesNotContain("abc", "u:p", "1ABC");
  }

  @Test
  void flagsThatAreNamedLikeSecretsHideNothing() {
    config.file("[x]\nuse_token = true\n");

    assertThat(apply("it is true")).isEqualTo("it is true");
  }

  private String apply(String text) {
    return Redaction.of(config.load(), config.environment()).apply(text);
  }
}
