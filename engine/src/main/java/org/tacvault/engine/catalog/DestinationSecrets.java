package org.tacvault.engine.catalog;

import static org.tacvault.engine.catalog.Statements.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.SecretStore;

/**
 * The secrets of all destinations together. Each change of them is one transaction, and every key
 * that a row may need stays until that is through: after a kill at any instant all of them can be
 * opened.
 */
public final class DestinationSecrets {
  private static final String STORE = "UPDATE backup_destinations SET config_json = ? WHERE id = ?";

  private final StateDatabase database;
  private final ConfigSecrets secrets;
  private final Runnable afterEachStep;

  /**
   * What a rotation did.
   *
   * @param keyId of the key that encrypts now
   * @param destinations names of those whose secrets it encrypted anew
   */
  public record Rotation(String keyId, List<String> destinations) {}

  DestinationSecrets(StateDatabase database, ConfigSecrets secrets) {
    this(database, secrets, () -> {});
  }

  DestinationSecrets(StateDatabase database, ConfigSecrets secrets, Runnable afterEachStep) {
    this.database = database;
    this.secrets = secrets;
    this.afterEachStep = afterEachStep;
  }

  /** The keys and where they come from. */
  public SecretStore store() {
    return secrets.store();
  }

  /**
   * Encrypts secrets that stand in clear, as the Python server stores them; returns the names of
   * their destinations. Needs no write access when there are none.
   */
  public List<String> sealClear() {
    if (database.read(this::rows).stream().noneMatch(secrets::hasClear)) {
      return List.of();
    }
    List<String> sealed =
        database.write(
            connection -> rewrite(connection, secrets::hasClear, secrets::sealedAsItStands));
    database.forgetOldPages();
    return sealed;
  }

  /** Warnings about files of keys that other users of the machine may read. */
  public List<String> keyExposures() {
    return store().exposures();
  }

  /** Finishes a rotation that was killed, as far as keys are there; returns whether it did. */
  public boolean finishRotation() {
    if (!store().hasOldKeys()) {
      return false;
    }
    database.write(
        connection ->
            rewrite(
                connection,
                row -> secrets.isOutdated(row) && secrets.canOpen(row),
                secrets::resealed));
    dropOldKeys();
    return true;
  }

  /**
   * Encrypts every secret anew, all or none: with a new key, where the key file in the home is the
   * source of keys, else with the first of those that are given.
   *
   * @throws EngineException REFUSED when keys are given and no secret needs another than the first;
   *     WRONG_KEY, with nothing changed, when a secret cannot be opened
   */
  public Rotation rotate() {
    boolean makesKeys = store().makesKeys();
    List<String> done =
        database.write(
            connection -> {
              List<DestinationRecord> rows = rows(connection);
              rows.forEach(secrets::opened);
              return makesKeys ? withNewKey(connection) : withGivenKey(connection, rows);
            });
    if (makesKeys) {
      afterEachStep.run();
      dropOldKeys();
      afterEachStep.run();
    }
    return new Rotation(store().activeKeyId().orElseThrow(), done);
  }

  private List<String> withNewKey(Connection connection) throws SQLException {
    store().addKey();
    afterEachStep.run();
    try {
      return rewrite(connection, secrets::isOutdated, secrets::resealed);
    } catch (SQLException | EngineException e) {
      // The transaction goes back, and nobody else can have used the new key.
      store().removeNewestKey();
      throw e;
    }
  }

  private List<String> withGivenKey(Connection connection, List<DestinationRecord> rows)
      throws SQLException {
    if (rows.stream().noneMatch(secrets::isOutdated)) {
      throw new EngineException(
              ErrorKind.REFUSED,
              "rotate secrets",
              "key " + store().activeKeyId().orElseThrow(),
              "every secret is encrypted with the first key of " + store().keyPlace())
          .withHint(
              "put a new key before it, separated by a comma or a line: openssl rand -base64 32;"
                  + " then run this again, and remove the old key");
    }
    return rewrite(connection, secrets::isOutdated, secrets::resealed);
  }

  private void dropOldKeys() {
    database.write(
        connection -> {
          boolean needed =
              rows(connection).stream()
                  .anyMatch(row -> secrets.isOutdated(row) && secrets.canOpen(row));
          if (store().hasOldKeys() && !needed) {
            store().dropOldKeys();
          }
          return needed;
        });
  }

  private List<String> rewrite(
      Connection connection,
      Predicate<DestinationRecord> wanted,
      Function<DestinationRecord, Map<String, Object>> newConfig)
      throws SQLException {
    List<String> names = new ArrayList<>();
    for (DestinationRecord row : rows(connection)) {
      if (wanted.test(row)) {
        Statements.update(connection, STORE, CatalogJson.write(newConfig.apply(row)), row.id());
        afterEachStep.run();
        names.add(row.name());
      }
    }
    return names;
  }

  private List<DestinationRecord> rows(Connection connection) throws SQLException {
    return query(connection, "SELECT * FROM backup_destinations ORDER BY name", Destinations::read);
  }
}
