package org.tacvault.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.BackupService;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.Claims;
import org.tacvault.engine.backup.HostFacts;
import org.tacvault.engine.backup.OwnerMark;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.backup.ServerContexts;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.ConfiguredDestinations;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.catalog.Metadata;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.rekey.RekeyService;
import org.tacvault.engine.restore.HeldRestores;
import org.tacvault.engine.restore.RestoreService;
import org.tacvault.engine.restore.ServerControls;
import org.tacvault.engine.retention.RetentionService;
import org.tacvault.engine.schedule.BackupScheduler;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobRunner;
import org.tacvault.engine.schedule.JobRuns;
import org.tacvault.engine.schedule.Jobs;
import org.tacvault.engine.schedule.ScheduleListener;
import org.tacvault.engine.schedule.SchedulerTiming;
import org.tacvault.engine.secret.SecretStore;
import org.tacvault.engine.sqlite.SqliteLibrary;
import org.tacvault.engine.verify.ArchiveIntake;
import org.tacvault.engine.verify.ArchiveVerifier;

/**
 * The front door: opens the home of a TACACS+ server and hands out the services that work on it.
 * Opening finishes or rolls back what a killed process left. Several engines, in one process or in
 * many, may have one home open.
 */
public final class BackupEngine implements AutoCloseable {
  private final Home home;
  private final InstantSource clock;
  private final DestinationAccess destinations;
  private final HostFacts host;
  private final Claims claims;
  private final ServerContexts contexts;
  private final ServerControls controls;
  private final HeldRestores heldRestores;
  private final StartupReport startup;
  private @Nullable Catalog catalog;
  private @Nullable Jobs jobs;
  private @Nullable OwnerMark mark;

  private BackupEngine(EngineOptions options) {
    SqliteLibrary.load();
    this.home = options.home();
    this.clock = options.clock();
    this.host = LocalHost.facts(options.environment(), UUID.randomUUID().toString());
    this.claims = new Claims(home.locks(), host.owner());
    this.contexts = new ServerContexts(home, options.environment(), this::ownInstanceId);
    this.destinations = new DestinationAccess(options, contexts, this::catalog);
    this.controls = new ServerControls(contexts, this::tempDirectory);
    this.heldRestores =
        new HeldRestores(home, claims, clock, this::catalog, this::ownerAlive, controls);
    this.startup =
        new Startup(home, claims, clock, this::catalog, heldRestores, controls, contexts)
            .run(tempDirectory());
  }

  /** Opens the home at {@code root}, with the environment and clock of this process. */
  public static BackupEngine open(Path root) {
    return open(EngineOptions.of(Home.at(root)));
  }

  public static BackupEngine open(EngineOptions options) {
    return new BackupEngine(options);
  }

  public Home home() {
    return home;
  }

  /** What opening found unfinished and did about it. */
  public StartupReport startup() {
    return startup;
  }

  /** The effective {@code [backup]} section; fails with all problems together. */
  public BackupConfig getBackupConfig() {
    return BackupConfig.from(config());
  }

  /** The variables that it was opened with. */
  public Environment environment() {
    return contexts.environment();
  }

  /** The effective configuration, each value with its origin. */
  public TacacsConfig config() {
    return TacacsConfig.load(home, contexts.environment());
  }

  /** The server as its configuration describes it now. */
  public ServerContext server() {
    return contexts.live();
  }

  /**
   * The server as its configuration describes it now; empty when there is no configuration or it
   * cannot be used, for work that goes on all the same.
   */
  public Optional<ServerContext> readableServer() {
    return contexts.liveIfReadable();
  }

  /**
   * What this server is called; when its configuration cannot be used, what it was called when it
   * was last backed up. Empty when neither is known.
   */
  public Optional<String> instanceName() {
    return readableServer()
        .map(server -> server.instance().name())
        .or(() -> lastBackup().map(backup -> backup.request().instanceName()));
  }

  /** Executions and destinations; made, or taken over from the Python server, on first use. */
  public synchronized Catalog catalog() {
    Catalog opened = catalog;
    if (opened == null) {
      opened =
          Catalog.open(
              home.catalogDatabase(),
              new SecretStore(home.secretKey(), contexts.environment().variables()),
              destinations.secretFields());
      catalog = opened;
    }
    return opened;
  }

  /** The destinations of the catalog. */
  public ConfiguredDestinations destinations() {
    return destinations.strict();
  }

  /**
   * Makes backups of the server as it is configured now; {@code NOT_FOUND} when there is no home.
   */
  public BackupService backups() {
    requireHome();
    markAlive();
    return new BackupService(server(), host, catalog(), claims, clock);
  }

  /**
   * Opens a stored destination to read archives from, also when the configuration is broken; the
   * caller closes it.
   */
  public Destination source(DestinationRecord row) {
    return destinations.readable().open(row);
  }

  /** A stored destination as a target of backups, with its retention. */
  public BackupTarget target(DestinationRecord row) {
    return new Targets(destinations(), retention()).of(row);
  }

  /** A directory that the user named as a target; nothing in it is ever deleted. */
  public BackupTarget target(Path directory) {
    return Targets.of(directory);
  }

  /** Plans and applies retention. */
  public RetentionService retention() {
    return retention(getBackupConfig());
  }

  /** Proves that archives can be restored. */
  public ArchiveVerifier verifier() {
    markAlive();
    return new ArchiveVerifier(catalog(), host, clock, tempDirectory());
  }

  /** Encrypts stored archives anew. */
  public RekeyService rekeying() {
    requireHome();
    markAlive();
    return new RekeyService(catalog(), claims, host, tempDirectory());
  }

  /** Takes archives from elsewhere into a destination. */
  public ArchiveIntake intake() {
    markAlive();
    return new ArchiveIntake(host, tempDirectory(), getBackupConfig().verifyAfterUpload());
  }

  /** Restores archives into this home, which may be empty or have a broken configuration. */
  public RestoreService restores() {
    markAlive();
    return new RestoreService(
        new RestoreService.Parts(
            home, contexts, host, catalog(), claims, clock, this::emergencyTarget, controls),
        tempDirectory());
  }

  /** The stored jobs, whether a service runs them or not. */
  public synchronized Jobs jobs() {
    Jobs opened = jobs;
    if (opened == null) {
      opened = Jobs.open(home.jobsDatabase(), clock);
      jobs = opened;
    }
    return opened;
  }

  /** Does the work of jobs with this engine. */
  public JobRunner jobRunner() {
    return new EngineJobs(this);
  }

  /** Runs single jobs now, in the caller's thread. */
  public JobRuns jobRuns(JobRunner runner) {
    return new JobRuns(jobs(), claims, catalog(), ownerAlive(), clock, runner);
  }

  /** Runs the jobs at their times, once it is started; for services. */
  public BackupScheduler scheduler(JobRunner runner, ScheduleListener listener) {
    return scheduler(runner, listener, SchedulerTiming.DEFAULT);
  }

  /** {@link #scheduler(JobRunner, ScheduleListener)} that looks more or less often. */
  public BackupScheduler scheduler(
      JobRunner runner, ScheduleListener listener, SchedulerTiming timing) {
    return new BackupScheduler(new ServiceJobs(this, runner), listener, clock, timing);
  }

  /**
   * Forgets a destination and the jobs that back up to it, which are returned; {@code CONFLICT}
   * while executions refer to it.
   */
  public List<Job> removeDestination(String id) {
    catalog().destinations().delete(id);
    return Files.exists(home.jobsDatabase()) ? jobs().removeOf(id) : List.of();
  }

  /** Keeps, or takes back, a restore that waits to be confirmed. */
  public HeldRestores heldRestores() {
    return heldRestores;
  }

  /**
   * Where plaintext copies live while work is going on; known also when the configuration is
   * broken.
   */
  public Path tempDirectory() {
    return contexts
        .liveIfReadable()
        .flatMap(ServerContext::validSettings)
        .map(BackupConfig::tempDirectory)
        .orElseGet(() -> home.data().resolve("backup_temp"));
  }

  @Override
  public synchronized void close() {
    if (mark != null) {
      mark.close();
      mark = null;
    }
  }

  InstantSource clock() {
    return clock;
  }

  /** Only a restore makes a home. */
  private void requireHome() {
    if (!Files.isDirectory(home.root())) {
      String reason = Files.exists(home.root()) ? "it is not a directory" : "no such directory";
      throw new EngineException(ErrorKind.NOT_FOUND, "open home", home.root(), reason)
          .withHint("name the TACACS+ server's directory: --home DIR, or TACACS_HOME");
    }
  }

  private synchronized void markAlive() {
    if (mark == null) {
      mark = OwnerMark.hold(home.locks(), host.owner());
    }
  }

  /** Names this process to others, as long as it lives. */
  String ownerAlive() {
    markAlive();
    return host.owner();
  }

  private Optional<Execution> lastBackup() {
    ExecutionFilter completed =
        ExecutionFilter.newest()
            .withKind(ExecutionKind.BACKUP)
            .withStatus(ExecutionStatus.COMPLETED)
            .withPage(1, 0);
    return catalog().list(completed).stream().findFirst();
  }

  /**
   * The default local destination, with the rule for emergency backups; it needs no row in the
   * catalog.
   */
  private BackupTarget emergencyTarget(ServerContext context) {
    return Targets.emergency(context.config().defaultBackups(), retention(context.settings()));
  }

  private RetentionService retention(BackupConfig settings) {
    return new RetentionService(
        catalog(),
        clock,
        Duration.ofDays(settings.emergencyKeepDays()),
        settings.emergencyKeepLast(),
        this::ownerAlive);
  }

  private String ownInstanceId() {
    String id = "instance_" + UUID.randomUUID().toString().substring(0, 8);
    return catalog().metadata().putIfAbsent(Metadata.INSTANCE_ID, id);
  }
}
