package org.tacvault.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.source.Source;

/**
 * The commands of a recovery sheet, for a POSIX shell. {@code BACKUP} stands for the archive and
 * {@code KEYFILE} for the identity file.
 */
record RecoveryCommands(ServerContext server, String encryption) {
  private static final String PLAIN_WORD = "[A-Za-z0-9_@%+=:,./-]+";

  String unpack() {
    boolean zstd = server.settings().compression() == BackupConfig.Compression.ZSTD;
    String decompress = zstd ? "zstd -dc" : "gzip -dc";
    String read =
        switch (encryption) {
          case "recipients" -> "age -d -i KEYFILE BACKUP | " + decompress;
          case "passphrase" -> "age -d BACKUP | " + decompress;
          default -> decompress + " BACKUP";
        };
    return "mkdir recovered && " + read + " | tar -x -C recovered";
  }

  /** Side files go first: SQLite would replay an old log onto a new database. */
  String putBack() {
    List<Source> sources = server.sources();
    String old =
        sources.stream()
            .map(source -> source.live().toString())
            .filter(live -> live.endsWith(".db"))
            .map(live -> quoted(live + "-wal") + " " + quoted(live + "-shm"))
            .collect(Collectors.joining(" "));
    String copies =
        sources.stream()
            .map(source -> "put " + source.member() + " " + quoted(source.live()))
            .collect(Collectors.joining("; "));
    return "put() { [ ! -e \"recovered/$1\" ] || cp \"recovered/$1\" \"$2\"; }; rm -f "
        + old
        + "; "
        + copies;
  }

  String restore() {
    String key = encryption.equals("recipients") ? " --identity KEYFILE" : "";
    return "tacvault restore --home "
        + quoted(server.home().root())
        + " --archive BACKUP"
        + key
        + " --confirm";
  }

  private static String quoted(Path path) {
    return quoted(path.toString());
  }

  private static String quoted(String word) {
    return word.matches(PLAIN_WORD) ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
