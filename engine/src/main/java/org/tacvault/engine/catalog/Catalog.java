package org.tacvault.engine.catalog;

import static org.tacvault.engine.catalog.Statements.first;
import static org.tacvault.engine.catalog.Statements.query;
import static org.tacvault.engine.catalog.Statements.update;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.SecretFields;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.SecretStore;

/**
 * The index of executions and destinations of one home, {@code data/backup_executions.db}. It may
 * be used by several threads and processes, the Python server among them; a write waits up to 30 s
 * for another one, then fails as {@code BUSY}. The archives are the truth: a lost catalog loses
 * history and settings, no backup.
 */
public final class Catalog {
  // A row without an owner is the Python server's: nobody can tell whether it still works on it.
  private static final Duration OWNERLESS_GRACE = Duration.ofHours(24);
  private static final String WHEN_LOST =
      "the archives at the destinations are the truth, only history and destination settings must be"
          + " entered anew";
  private static final String BEGIN =
      "INSERT INTO backup_executions(id, destination_id, triggered_by, started_at, status, kind,"
          + " backup_type, comment, instance_name, owner, components, undoes)"
          + " VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?)";
  private static final String FINISH =
      "UPDATE backup_executions SET status = ?, error_message = ?, completed_at = ?,"
          + " backup_filename = ?, backup_path = ?, size_bytes = ?, compressed_size_bytes = ?,"
          + " files_included = ?, manifest_json = ?, checksum_sha256 = ?, warnings_json = ?,"
          + " stages_json = ?, emergency_path = ?, commands_json = ?, verified_by = ?"
          + " WHERE id = ? AND status = 'running'";
  private static final String BY_ID = "SELECT * FROM backup_executions WHERE id = ?";
  private static final String REMARK =
      "UPDATE backup_executions SET warnings_json = ? WHERE id = ?";
  private static final String INTERRUPT =
      "UPDATE backup_executions SET status = 'failed', error_message = ?, completed_at = ?"
          + " WHERE id = ? AND status = 'running'";

  private final StateDatabase database;
  private final Destinations destinations;
  private final DestinationSecrets secrets;
  private final Pins pins;
  private final Metadata metadata;
  private final AuditLog audit;
  private final RepeatableRequests requests;
  private final ArchiveMoves moves;
  private final UnrecordedEnds unrecorded = new UnrecordedEnds();

  private Catalog(StateDatabase database, ConfigSecrets configSecrets) {
    this.database = database;
    this.destinations = new Destinations(database, configSecrets);
    this.secrets = new DestinationSecrets(database, configSecrets);
    this.pins = new Pins(database);
    this.metadata = new Metadata(database);
    this.audit = new AuditLog(database);
    this.requests = new RepeatableRequests(database);
    this.moves = new ArchiveMoves(database);
  }

  /**
   * Opens the catalog at {@code file}; makes one (0600) if there is none, and takes over an
   * existing one of the Python server in place. {@code VERIFICATION_FAILED} when it is corrupt.
   */
  public static Catalog open(Path file) {
    Path keys = file.toAbsolutePath().resolveSibling(SecretStore.FILE_NAME);
    return open(file, new SecretStore(keys, Map.of()), SecretFields.known());
  }

  /**
   * {@link #open(Path)} with keys from elsewhere than the file beside it.
   *
   * @param fields which settings of destinations are secrets
   */
  public static Catalog open(Path file, SecretStore store, SecretFields fields) {
    StateDatabase database = new StateDatabase(file, "catalog", WHEN_LOST);
    database.createIfMissing();
    new Takeover(database).run();
    return new Catalog(database, new ConfigSecrets(store, fields));
  }

  public Destinations destinations() {
    return destinations;
  }

  /** The secrets of all destinations together. */
  public DestinationSecrets secrets() {
    return secrets;
  }

  public Pins pins() {
    return pins;
  }

  public Metadata metadata() {
    return metadata;
  }

  /** Archives that are replaced by others of the same content. */
  public ArchiveMoves moves() {
    return moves;
  }

  /** Who did what with the service. */
  public AuditLog audit() {
    return audit;
  }

  public RepeatableRequests requests() {
    return requests;
  }

  /** Records a running execution and returns its id, a UUIDv4. */
  public String begin(NewExecution execution) {
    unrecorded.retry();
    String id = UUID.randomUUID().toString();
    database.write(
        connection ->
            update(
                connection,
                BEGIN,
                id,
                execution.destinationId(),
                execution.triggeredBy(),
                Timestamps.format(execution.startedAt()),
                execution.kind().id(),
                execution.backupType(),
                execution.comment(),
                execution.instanceName(),
                execution.owner(),
                ExecutionRow.joined(execution.components()),
                execution.undoes()));
    return id;
  }

  /** Ends a running execution well; {@code CONFLICT} when it is not running any more. */
  public void complete(String id, ExecutionResult result, Instant at) {
    finish(id, ExecutionStatus.COMPLETED, null, result, at);
  }

  /**
   * Ends a running execution badly; {@code CONFLICT} when it is not running any more. What cannot
   * be written now, on a full disk for example, is written when the catalog is used next.
   */
  public void fail(String id, String error, Instant at) {
    fail(id, error, ExecutionResult.NONE, at);
  }

  /** {@link #fail(String, String, Instant)} with what was done until then. */
  public void fail(String id, String error, ExecutionResult partial, Instant at) {
    unrecorded.write(() -> finish(id, ExecutionStatus.FAILED, error, partial, at));
  }

  /** Adds a sentence to the warnings of an execution that has ended; does nothing if unknown. */
  public void remark(String id, String sentence) {
    database.write(
        connection -> {
          Optional<Execution> found = first(connection, BY_ID, ExecutionRow::read, id);
          List<String> warnings = new ArrayList<>();
          found.ifPresent(execution -> warnings.addAll(execution.result().warnings()));
          warnings.add(sentence);
          return update(connection, REMARK, CatalogJson.write(warnings), id);
        });
  }

  /** Ends a running execution that somebody stopped. */
  public void cancel(String id, String reason, Instant at) {
    cancel(id, reason, ExecutionResult.NONE, at);
  }

  /** {@link #cancel(String, String, Instant)} with what was done until then. */
  public void cancel(String id, String reason, ExecutionResult partial, Instant at) {
    unrecorded.write(() -> finish(id, ExecutionStatus.CANCELLED, reason, partial, at));
  }

  public Optional<Execution> find(String id) {
    unrecorded.retry();
    return database.read(connection -> first(connection, BY_ID, ExecutionRow::read, id));
  }

  /** The newest completed backup that is stored at {@code path}. */
  public Optional<Execution> findBackup(String destinationId, String path) {
    return database.read(
        connection ->
            first(
                connection,
                "SELECT * FROM backup_executions WHERE destination_id = ? AND backup_path = ?"
                    + " AND status = 'completed' AND coalesce(kind, 'backup') = 'backup'"
                    + " ORDER BY started_at DESC LIMIT 1",
                ExecutionRow::read,
                destinationId,
                path));
  }

  /** Newest first. */
  public List<Execution> list(ExecutionFilter filter) {
    unrecorded.retry();
    ExecutionQuery query = ExecutionQuery.of(filter);
    return database.read(connection -> query.page(connection, filter.limit(), filter.offset()));
  }

  /** How many {@link #list} would find without its limit and offset. */
  public long count(ExecutionFilter filter) {
    unrecorded.retry();
    return database.read(ExecutionQuery.of(filter)::count);
  }

  /** All backups in numbers. */
  public BackupStatistics statistics() {
    unrecorded.retry();
    return database.read(BackupStatistics::read);
  }

  /** SHA-256 of the completed backups at a destination, by path, where it is known. */
  public Map<String, String> checksums(String destinationId) {
    Map<String, String> checksums = new HashMap<>();
    database.read(
        connection ->
            query(
                connection,
                "SELECT backup_path, checksum_sha256 FROM backup_executions"
                    + " WHERE destination_id = ? AND status = 'completed'"
                    + " AND checksum_sha256 IS NOT NULL AND backup_path IS NOT NULL"
                    + " ORDER BY started_at",
                row -> checksums.put(row.getString(1), row.getString(2)),
                destinationId));
    return checksums;
  }

  /**
   * Marks running executions whose process is gone as {@code failed: interrupted} and returns them
   * as they were. Those of the Python server, which have no owner, are given a day.
   *
   * @param ownerIsAlive whether the process of that {@link NewExecution#owner} still runs
   */
  public List<Execution> reconcile(Predicate<String> ownerIsAlive, Instant now) {
    ExecutionFilter running =
        ExecutionFilter.newest().withStatus(ExecutionStatus.RUNNING).withPage(Integer.MAX_VALUE, 0);
    List<Execution> interrupted = new ArrayList<>();
    for (Execution execution : list(running)) {
      if (isStale(execution, ownerIsAlive, now) && interrupt(execution, now)) {
        interrupted.add(execution);
      }
    }
    return interrupted;
  }

  private static boolean isStale(Execution execution, Predicate<String> ownerIsAlive, Instant now) {
    String owner = execution.request().owner();
    return owner == null
        ? execution.startedAt().isBefore(now.minus(OWNERLESS_GRACE))
        : !ownerIsAlive.test(owner);
  }

  private boolean interrupt(Execution execution, Instant now) {
    String owner = execution.request().owner();
    String error =
        "interrupted: " + (owner == null ? "its process" : owner) + " ended while it ran";
    return database.write(
            connection ->
                update(connection, INTERRUPT, error, Timestamps.format(now), execution.id()))
        == 1;
  }

  private void finish(
      String id,
      ExecutionStatus status,
      @Nullable String error,
      ExecutionResult result,
      Instant at) {
    int changed =
        database.write(
            connection ->
                update(
                    connection,
                    FINISH,
                    status.id(),
                    error,
                    Timestamps.format(at),
                    result.backupFilename(),
                    result.backupPath(),
                    result.sizeBytes(),
                    result.compressedSizeBytes(),
                    result.filesIncluded(),
                    result.manifestJson(),
                    result.checksumSha256(),
                    result.warnings().isEmpty() ? null : CatalogJson.write(result.warnings()),
                    result.stages().isEmpty() ? null : CatalogJson.writeMillis(result.stages()),
                    result.emergencyPath(),
                    CommandsJson.write(result.commands()),
                    result.verifiedBy(),
                    id));
    if (changed == 0) {
      throw notRunning(id);
    }
  }

  private EngineException notRunning(String id) {
    return find(id)
        .map(
            execution ->
                new EngineException(
                        ErrorKind.CONFLICT,
                        "end execution",
                        id,
                        "it is " + execution.status().id() + " already")
                    .withHint("see the execution for who ended it, and why"))
        .orElseGet(
            () ->
                new EngineException(ErrorKind.NOT_FOUND, "end execution", id, "no such execution")
                    .withHint("the catalog may have been moved away while it ran"));
  }
}
