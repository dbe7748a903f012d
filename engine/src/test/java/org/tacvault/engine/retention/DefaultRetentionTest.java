package org.tacvault.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.config.ConfigReview;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.home.Home;

class DefaultRetentionTest {
  @TempDir Path root;

  @Test
  void simpleKeepsTheDefaultDays() throws IOException {
    assertThat(DefaultRetention.of(settings(""))).isEqualTo(RetentionPolicy.keepDays(30));
    assertThat(DefaultRetention.of(settings("default_retention_days = 90")))
        .isEqualTo(RetentionPolicy.keepDays(90));
  }

  @Test
  void gfsTakesItsFourNumbers() throws IOException {
    String numbers = "gfs_keep_daily=1\ngfs_keep_weekly=2\ngfs_keep_monthly=3\ngfs_keep_yearly=0";
    assertThat(
            DefaultRetention.of(settings("default_retention_strategy = gfs\n" + numbers))
                .toConfig())
        .isEqualTo(Map.of("keep_daily", 1, "keep_weekly", 2, "keep_monthly", 3, "keep_yearly", 0));
  }

  @ParameterizedTest
  @CsvSource({
    "gfs_keep_daily, 3650",
    "gfs_keep_weekly, 520",
    "gfs_keep_monthly, 120",
    "gfs_keep_yearly, 100"
  })
  void theLargestNumberThatTheSectionAllowsIsOneThatThePolicyTakes(String key, int most)
      throws IOException {
    String gfs = "default_retention_strategy = gfs\n" + key + " = ";
    assertThat(DefaultRetention.of(settings(gfs + most)).toConfig()).containsValue(most);
    assertThat(problems(gfs + (most + 1))).contains(key);
  }

  @Test
  void aDestinationWithoutARuleOfItsOwnGetsTheDefault() throws IOException {
    NewDestination destination =
        DefaultRetention.destination(
            settings("default_retention_strategy = hanoi\ndefault_retention_days = 14"),
            "nas",
            "local",
            Map.of("base_path", "/srv"),
            Instant.EPOCH,
            "test");
    assertThat(destination.retentionStrategy()).isEqualTo("hanoi");
    assertThat(destination.retentionConfig()).isEmpty();
    assertThat(destination.retentionDays()).isEqualTo(14);
  }

  private BackupConfig settings(String section) throws IOException {
    return BackupConfig.from(config(section));
  }

  private String problems(String section) throws IOException {
    return ConfigReview.of(config(section)).problems().toString();
  }

  private TacacsConfig config(String section) throws IOException {
    Home home = Home.at(root);
    Files.createDirectories(home.configFile().getParent());
    Files.writeString(home.configFile(), "[backup]\n" + section + "\n");
    return TacacsConfig.load(home, Environment.of(Map.of()), List.of());
  }
}
