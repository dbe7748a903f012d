package org.tacvault.engine.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.sqlite.LiveRows;

/**
 * What the server stores about its configuration at run time, from {@code config_overrides.db};
 * read only.
 *
 * @param overrides the active ones
 * @param metadata the rows of {@code system_metadata}
 */
public record OverridesDatabase(List<ConfigOverride> overrides, Map<String, String> metadata) {
  /** A server that never stored any. */
  public static final OverridesDatabase NONE = new OverridesDatabase(List.of(), Map.of());

  private static final String ACTIVE =
      "SELECT section, key, value, value_type, created_by FROM config_overrides"
          + " WHERE active = 1 ORDER BY section, key, id";

  /** Reads the database at {@code file}; none when there is no such file. */
  public static OverridesDatabase read(Path file) {
    if (!Files.exists(file)) {
      return NONE;
    }
    List<ConfigOverride> overrides =
        LiveRows.ofTable(file, "config_overrides", ACTIVE).stream()
            .map(
                row ->
                    new ConfigOverride(
                        text(row, 0), text(row, 1), text(row, 2), row.get(3), text(row, 4)))
            .toList();
    Map<String, String> metadata =
        LiveRows.ofTable(file, "system_metadata", "SELECT key, value FROM system_metadata").stream()
            // A table without its key may hold two rows of one name: the last one counts.
            .collect(
                Collectors.toUnmodifiableMap(
                    row -> text(row, 0), row -> text(row, 1), (first, last) -> last));
    return new OverridesDatabase(overrides, metadata);
  }

  public Optional<String> instanceId() {
    return Optional.ofNullable(metadata.get("instance_id"));
  }

  public Optional<String> instanceName() {
    return Optional.ofNullable(metadata.get("instance_name"));
  }

  private static String text(List<@Nullable String> row, int column) {
    return Objects.requireNonNullElse(row.get(column), "");
  }
}
