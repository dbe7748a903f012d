package org.tacvault.server.security;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tacvault.engine.config.AdminConfig;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.secret.Secret;

/**
 * Finds the administrator's name and password: the effective {@code [admin]} section (with {@code
 * ADMIN_USERNAME} and {@code ADMIN_PASSWORD_HASH} of the environment), else {@code ADMIN_PASSWORD},
 * else the password file. Looked up anew every few seconds, so that a changed or restored
 * configuration counts without a restart.
 */
public final class AdminCredentials {
  private static final Logger LOG = LoggerFactory.getLogger(AdminCredentials.class);
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Home home;
  private final Environment environment;
  private final InstantSource clock;
  private final AdminPasswordFile file;
  private @Nullable AdminAccount account;
  private Instant foundAt = Instant.MIN;
  private @Nullable String hashOfVariable;
  private @Nullable String lastFailure;

  public AdminCredentials(Home home, Environment environment, InstantSource clock) {
    this.home = home;
    this.environment = environment;
    this.clock = clock;
    this.file = new AdminPasswordFile(home);
  }

  /** Makes a password when there is none and returns it; only its hash is kept. */
  synchronized Optional<NewAdministrator> createIfMissing() {
    if (find().isPresent()) {
      return Optional.empty();
    }
    String password = RandomText.password();
    file.write(PasswordHash.of(password));
    foundAt = Instant.MIN;
    return Optional.of(new NewAdministrator(config().username(), Secret.of(password)));
  }

  /** The account as it is now; empty when no password is configured any more. */
  synchronized Optional<AdminAccount> current() {
    Instant now = clock.instant();
    if (Duration.between(foundAt, now).abs().compareTo(FRESH) >= 0) {
      account = find().orElse(null);
      foundAt = now;
    }
    return Optional.ofNullable(account);
  }

  /** Where a password comes from that counts before the password file; empty without one. */
  public Optional<String> originBeforeFile() {
    return configured(config()).map(AdminAccount::origin);
  }

  private Optional<AdminAccount> find() {
    AdminConfig config = config();
    return configured(config)
        .or(() -> file.read().map(hash -> account(config, hash, file.path().toString())));
  }

  private Optional<AdminAccount> configured(AdminConfig config) {
    return config
        .passwordHash()
        .map(hash -> account(config, hash, config.passwordOrigin().orElseThrow()))
        .or(
            () ->
                environment
                    .nonEmpty("ADMIN_PASSWORD")
                    .map(this::hashed)
                    .map(hash -> account(config, hash, "environment ADMIN_PASSWORD")));
  }

  private static AdminAccount account(AdminConfig config, String hash, String origin) {
    return new AdminAccount(config.username(), hash, config.sessionTimeout(), origin);
  }

  private String hashed(String password) {
    if (hashOfVariable == null) {
      hashOfVariable = PasswordHash.of(password);
    }
    return hashOfVariable;
  }

  /** A configuration that cannot be read must not keep out who comes to restore it. */
  private AdminConfig config() {
    try {
      AdminConfig config = AdminConfig.from(TacacsConfig.load(home, environment));
      lastFailure = null;
      return config;
    } catch (EngineException e) {
      if (!String.valueOf(e.getMessage()).equals(lastFailure)) {
        lastFailure = e.getMessage();
        LOG.warn("[admin] is not read, the environment alone counts: {}", lastFailure);
      }
      return environmentAlone();
    }
  }

  private AdminConfig environmentAlone() {
    try {
      Home without = new Home(home.root(), Path.of("no configuration"));
      return AdminConfig.from(TacacsConfig.load(without, environment, List.of()));
    } catch (EngineException e) {
      LOG.warn("[admin] cannot be taken from the environment either: {}", e.getMessage());
      return AdminConfig.DEFAULT;
    }
  }
}
