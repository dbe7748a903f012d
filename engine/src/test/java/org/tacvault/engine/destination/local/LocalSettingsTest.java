package org.tacvault.engine.destination.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class LocalSettingsTest {
  @TempDir Path directory;

  @Test
  void normalisesTheBasePath() {
    LocalSettings settings = LocalSettings.parse(Map.of("base_path", " /srv//backups/./a/ "));
    assertThat(settings.toConfig()).isEqualTo(Map.of("base_path", "/srv/backups/a"));
  }

  @Test
  void survivesARoundTripThroughItsConfig() {
    Map<String, Object> config = Map.of("base_path", "/srv/backups/a", "allowed_root", "/srv");
    assertThat(LocalSettings.parse(config).toConfig()).isEqualTo(config);
  }

  @Test
  void anAbsentAllowedRootIsNone() {
    Map<String, Object> config = new HashMap<>(Map.of("base_path", "/srv/backups"));
    config.put("allowed_root", null);
    assertThat(LocalSettings.parse(config).allowedRoot()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "backups | Invalid base_path: Base directory must be an absolute path",
        "./backups | Invalid base_path: Base directory must be an absolute path",
        "/srv/../etc | Invalid base_path: '..' and '~' are not allowed",
        "/srv/~root | Invalid base_path: '..' and '~' are not allowed",
        "/ | Invalid base_path: Base directory must not be the root directory",
        "\"\" | 'base_path' must be a non-empty string",
        "\"  \" | 'base_path' must be a non-empty string"
      })
  void refusesABasePathThatCannotBe(String basePath, String reason) {
    assertRefused(Map.of("base_path", basePath), reason);
  }

  @Test
  void refusesABasePathThatIsMissingOrNoText() {
    assertRefused(Map.of(), "'base_path' must be a non-empty string");
    assertRefused(Map.of("base_path", 7), "'base_path' must be a non-empty string");
    assertRefused(Map.of("base_path", "/a\u0000b"), "Invalid base_path: not a path on this system");
  }

  @Test
  void refusesABasePathOutsideItsAllowedRoot() {
    assertRefused(
        Map.of("base_path", "/srv/backups-old", "allowed_root", "/srv/backups"),
        "Invalid base_path: Base directory '/srv/backups-old' is not valid or escapes allowed root"
            + " '/srv/backups'");
  }

  @Test
  void refusesABasePathThatLeavesItsAllowedRootThroughALink() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(directory.resolve("out")));
    LocalSettings settings = new LocalSettings(root.resolve("link/new"), root);
    assertThatThrownBy(settings::open)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("escapes allowed root");
    new LocalSettings(root.resolve("real/new"), root).open().close();
  }

  @Test
  void keepsToTheRootsThatTheEngineAllows() {
    List<Path> roots = List.of(Path.of("/srv"), Path.of("/mnt/backups"));
    LocalSettings.parse(Map.of("base_path", "/mnt/backups/a"), roots);
    LocalSettings.parse(Map.of("base_path", "/anywhere"), List.of());
    assertThatThrownBy(() -> LocalSettings.parse(Map.of("base_path", "/etc/a"), roots))
        .hasMessageContaining("escapes allowed root '/srv', '/mnt/backups'");
    Map<String, Object> ownRoot = Map.of("base_path", "/etc/a", "allowed_root", "/etc");
    assertThatThrownBy(() -> LocalSettings.parse(ownRoot, roots))
        .hasMessageContaining("escapes allowed root");
  }

  @Test
  void refusesUnknownKeysAndSaysWhatIsAllowed() {
    assertThatThrownBy(() -> LocalSettings.parse(Map.of("base_path", "/a", "basepath", "/b")))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo("Unknown configuration keys: basepath");
              assertThat(failure.hint())
                  .contains("a destination of type local takes: base_path, allowed_root");
            });
  }

  private static void assertRefused(Map<String, Object> config, String reason) {
    assertThatThrownBy(() -> LocalSettings.parse(config))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.hint()).isPresent();
            });
  }
}
