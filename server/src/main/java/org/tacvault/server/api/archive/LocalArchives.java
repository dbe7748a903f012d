package org.tacvault.server.api.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.server.error.ApiException;

/**
 * Archives that are named by their path on this machine: plain files, not links, below the
 * directory for backups, the temporary directory, {@code [backup] allowed_roots} or the base path
 * of a local destination.
 */
@Component
final class LocalArchives {
  private static final String BASE_PATH = "base_path";

  private final BackupEngine engine;

  LocalArchives(BackupEngine engine) {
    this.engine = engine;
  }

  /** The file at {@code path}; {@code 400} when it may not be read, {@code 404} if not there. */
  Path require(String path) {
    Path file = absolute(path);
    Path root =
        roots().stream().filter(file::startsWith).findFirst().orElseThrow(LocalArchives::unsafe);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw ApiException.notFound("Backup not found");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || leaves(root, file)) {
      throw unsafe();
    }
    return file;
  }

  private static Path absolute(String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute() && path.normalize().equals(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw (ApiException) unsafe().initCause(e);
    }
    throw unsafe();
  }

  /** Whether a link on the way leads out of {@code root}. */
  private static boolean leaves(Path root, Path file) {
    try {
      return !file.toRealPath().equals(root.toRealPath().resolve(root.relativize(file)));
    } catch (IOException e) {
      throw IoFailures.of("find archive", file, e);
    }
  }

  private List<Path> roots() {
    List<Path> roots = new ArrayList<>();
    roots.add(engine.tempDirectory());
    roots.add(
        engine
            .readableServer()
            .map(server -> server.config().defaultBackups())
            .orElse(engine.home().defaultBackups()));
    roots.addAll(
        engine
            .readableServer()
            .flatMap(ServerContext::validSettings)
            .map(BackupConfig::allowedRoots)
            .orElse(List.of()));
    for (DestinationRecord row : engine.catalog().destinations().list()) {
      if (row.type().equals("local") && row.config().get(BASE_PATH) instanceof String base) {
        roots.add(Path.of(base));
      }
    }
    return roots;
  }

  private static ApiException unsafe() {
    return new ApiException(
        HttpStatus.BAD_REQUEST,
        "Invalid or unsafe local source path",
        "give a destination_id, or the absolute path of an archive below the directory for backups,"
            + " the temporary directory, [backup] allowed_roots, or a local destination");
  }
}
