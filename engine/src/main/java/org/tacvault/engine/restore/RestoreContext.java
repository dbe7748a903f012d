package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.backup.ServerContexts;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.OverridesDatabase;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.secret.PassphraseSource;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.verify.CheckedArchive;

/**
 * Two views of the server that a restore works on.
 *
 * @param live as it is now; empty when its configuration is missing or broken
 * @param after as it will be when the restore is done: this is where its databases will be looked
 *     for
 */
record RestoreContext(Optional<ServerContext> live, ServerContext after) {
  /**
   * The restored configuration decides when it is restored; else the live one; else, on a bare
   * host, the archive's.
   */
  static RestoreContext of(
      ServerContexts plain, CheckedArchive archive, Keys keys, boolean configIsRestored) {
    ServerContexts contexts = plain.withEnvironment(withKeys(plain.environment(), archive, keys));
    Optional<ServerContext> live = contexts.liveIfReadable();
    boolean decidesArchive = configIsRestored && archive.holds(Members.TACACS_CONF);
    ServerContext after =
        decidesArchive || live.isEmpty() ? archived(contexts, archive) : live.get();
    return new RestoreContext(live, after);
  }

  /**
   * What is saved before the restore: the live server, else the places that the restore writes to.
   */
  ServerContext toSave() {
    return live.orElse(after);
  }

  static boolean restoresConfig(RestoreRequest request) {
    boolean isMeant =
        request.components().isEmpty() || request.components().contains(Component.CONFIG);
    Execution undone = request.undoes();
    return isMeant
        && (undone == null || UndoSelection.recordOf(undone).changed(Members.TACACS_CONF));
  }

  private static ServerContext archived(ServerContexts contexts, CheckedArchive archive) {
    Path config = archive.directory().resolve(Members.TACACS_CONF);
    Path overrides = archive.directory().resolve(Members.OVERRIDES);
    try {
      return contexts.of(config, OverridesDatabase.read(overrides));
    } catch (EngineException e) {
      // An archive may hold a configuration that nobody can read: its databases are still good.
      Path none = archive.directory().resolve("no-such.conf");
      return contexts.of(none, OverridesDatabase.NONE);
    }
  }

  /**
   * Who had to give a passphrase to open the archive wants what is saved before it encrypted as
   * well.
   */
  private static Environment withKeys(Environment environment, CheckedArchive archive, Keys keys) {
    Map<String, String> variables = new HashMap<>(environment.variables());
    if (keys.passphrase().isPresent() && archive.isEncrypted()) {
      variables.putIfAbsent(
          PassphraseSource.VARIABLE, new String(keys.passphrase().get().reveal()));
      variables.putIfAbsent("TACACS_BACKUP_ENCRYPTION_ENABLED", "true");
    }
    return Environment.of(variables);
  }
}
