package org.tacvault.server.api.config;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.config.ConfigView;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.server.api.ApiPaths;

/** Shows the effective values and where each comes from; secrets are masked. */
@RestController
@Tag(name = "Configuration")
class ConfigController {
  private final BackupEngine engine;

  ConfigController(BackupEngine engine) {
    this.engine = engine;
  }

  /**
   * The values.
   *
   * @param fileExists without it all values are defaults, or of the environment
   */
  record Shown(String home, String configFile, boolean fileExists, List<Value> values) {}

  /**
   * One value.
   *
   * @param name {@code section.key}
   * @param origin default, environment, file or override
   * @param originDetail {@code path:line}, the variable, or who set the override
   */
  record Value(String name, String value, String origin, String originDetail, String explanation) {
    static Value of(ConfigView.Line line) {
      return new Value(
          line.name(),
          line.value(),
          line.origin().kind().name().toLowerCase(Locale.ROOT),
          line.origin().detail(),
          line.explanation());
    }
  }

  /** The values of {@code [backup]}; with {@code all} also those of the TACACS+ server. */
  @GetMapping(ApiPaths.BACKUP + "/config")
  @Operation(
      operationId = "getConfiguration",
      summary = "Show the effective configuration, secrets masked")
  Shown show(@RequestParam(defaultValue = "false") Boolean all) {
    TacacsConfig config = engine.config();
    List<ConfigView.Line> lines = all ? ConfigView.lines(config) : ConfigView.backupLines(config);
    return new Shown(
        config.home().root().toString(),
        config.home().configFile().toString(),
        config.fileExists(),
        lines.stream().map(Value::of).toList());
  }
}
