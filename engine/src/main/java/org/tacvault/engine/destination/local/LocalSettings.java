package org.tacvault.engine.destination.local;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.ConfigKeys;
import org.tacvault.engine.destination.DestinationSettings;
import org.tacvault.engine.destination.Retries;
import org.tacvault.engine.error.EngineException;

/**
 * A directory of this machine.
 *
 * @param basePath absolute, normalised, not the root directory; created when first needed
 * @param allowedRoot when given, the base path must lie in it
 */
public record LocalSettings(Path basePath, @Nullable Path allowedRoot)
    implements DestinationSettings {
  private static final String TYPE = "local";
  private static final String BASE_PATH = "base_path";
  private static final String ALLOWED_ROOT = "allowed_root";

  public LocalSettings {
    basePath = absolute(BASE_PATH, basePath);
    if (basePath.getNameCount() == 0) {
      throw invalid(BASE_PATH, "Base directory must not be the root directory");
    }
    if (allowedRoot != null) {
      allowedRoot = absolute(ALLOWED_ROOT, allowedRoot);
      requireInside(basePath, List.of(allowedRoot));
    }
  }

  /** The settings in {@code config}: {@code base_path}, required, and {@code allowed_root}. */
  public static LocalSettings parse(Map<String, Object> config) {
    ConfigKeys.requireKnown(TYPE, config, List.of(BASE_PATH, ALLOWED_ROOT));
    Path allowedRoot = config.get(ALLOWED_ROOT) == null ? null : path(config, ALLOWED_ROOT);
    return new LocalSettings(path(config, BASE_PATH), allowedRoot);
  }

  /**
   * {@link #parse(Map)} for an engine that allows only certain directories: the base path, or the
   * {@code allowed_root} when given, must lie in one of {@code roots}; none means anywhere.
   */
  public static LocalSettings parse(Map<String, Object> config, List<Path> roots) {
    LocalSettings settings = parse(config);
    Path outermost = settings.allowedRoot == null ? settings.basePath : settings.allowedRoot;
    if (!roots.isEmpty()) {
      requireInside(outermost, roots);
    }
    return settings;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Map<String, Object> toConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(BASE_PATH, basePath.toString());
    if (allowedRoot != null) {
      config.put(ALLOWED_ROOT, allowedRoot.toString());
    }
    return config;
  }

  /** Nothing is repeated: what a file system refuses, it refuses again. */
  @Override
  public LocalDestination open(Retries retries) {
    return open();
  }

  @Override
  public LocalDestination open() {
    if (allowedRoot != null) {
      requireInside(RealPath.of(basePath), List.of(RealPath.of(allowedRoot)));
    }
    return new LocalDestination(basePath);
  }

  private static Path path(Map<String, Object> config, String key) {
    if (!(config.get(key) instanceof String text) || text.isBlank()) {
      throw ConfigKeys.invalid(TYPE, "'" + key + "' must be a non-empty string")
          .withHint("give the absolute path of a directory, for example /srv/backups");
    }
    try {
      return Path.of(text.strip());
    } catch (InvalidPathException e) {
      throw invalid(key, "not a path on this system").withCause(e);
    }
  }

  private static Path absolute(String key, Path path) {
    if (!path.isAbsolute()) {
      throw invalid(key, "Base directory must be an absolute path");
    }
    for (Path segment : path) {
      if (segment.toString().equals("..") || segment.toString().startsWith("~")) {
        throw invalid(key, "'..' and '~' are not allowed");
      }
    }
    return path.normalize();
  }

  private static void requireInside(Path path, List<Path> roots) {
    if (roots.stream().noneMatch(path::startsWith)) {
      throw invalid(
              BASE_PATH,
              "Base directory '%s' is not valid or escapes allowed root '%s'"
                  .formatted(
                      path, String.join("', '", roots.stream().map(Path::toString).toList())))
          .withHint("choose a directory below an allowed root, or change [backup] allowed_roots");
    }
  }

  private static EngineException invalid(String key, String reason) {
    return ConfigKeys.invalid(TYPE, "Invalid " + key + ": " + reason)
        .withHint("give the absolute path of a directory, for example /srv/backups");
  }
}
