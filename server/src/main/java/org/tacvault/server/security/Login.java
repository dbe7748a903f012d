package org.tacvault.server.security;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks name and password, no faster than guessing may go, and begins a session. */
final class Login {
  private static final Logger LOG = LoggerFactory.getLogger(Login.class);

  /** bcrypt is slow on purpose: more at once would take the processor from backups. */
  private static final int AT_ONCE = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_CHARACTERS = 1_000;

  /** Never the hash of anything: it costs as much as a real one. */
  private static final String NOBODY =
      "$2b$12$......................................................";

  private final AdminCredentials credentials;
  private final AdminSessions sessions;
  private final LoginThrottle throttle;
  private final Semaphore checks = new Semaphore(AT_ONCE);

  /** How an attempt ended. */
  enum Outcome {
    ACCEPTED,
    WRONG,
    TOO_MANY,
    NOT_AVAILABLE
  }

  /**
   * The answer to an attempt.
   *
   * @param begun the session, when it was accepted
   * @param retryAfter until the next attempt, when there were too many
   */
  record Result(
      Outcome outcome,
      AdminSessions.@Nullable Begun begun,
      @Nullable Duration retryAfter,
      String note) {
    private static Result of(Outcome outcome, String note) {
      return new Result(outcome, null, null, note);
    }

    private static Result tooMany(Duration wait, String note) {
      return new Result(Outcome.TOO_MANY, null, wait, note);
    }
  }

  /**
   * Who tries, from where.
   *
   * @param network what attempts are counted by
   */
  record Client(String address, String network, String userAgent) {}

  Login(AdminCredentials credentials, AdminSessions sessions, LoginThrottle throttle) {
    this.credentials = credentials;
    this.sessions = sessions;
    this.throttle = throttle;
  }

  Result attempt(String username, String password, Client client) {
    Optional<Duration> wait = throttle.take(client.network());
    if (wait.isPresent()) {
      return Result.tooMany(wait.get(), "too many failed logins");
    }
    Optional<AdminAccount> account = credentials.current();
    if (account.isEmpty()) {
      return Result.of(Outcome.NOT_AVAILABLE, "no password is configured");
    }
    boolean isCalled = account.get().isCalled(username);
    Optional<Boolean> isRight = check(password, isCalled ? account.get().passwordHash() : NOBODY);
    if (isRight.isEmpty()) {
      return Result.tooMany(PATIENCE, "too many logins at once");
    }
    if (!isCalled || !isRight.get()) {
      // The name is not repeated: people type their passwords into the wrong field.
      return Result.of(Outcome.WRONG, isCalled ? "wrong password" : "unknown name");
    }
    throttle.forgive(client.network());
    SamplePassword.warnIfUsed(password);
    return new Result(
        Outcome.ACCEPTED,
        sessions.begin(account.get(), client.address(), client.userAgent()),
        null,
        "logged in");
  }

  /** Empty when too many wait for theirs to be checked. */
  private Optional<Boolean> check(String password, String hash) {
    try {
      if (!checks.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("More passwords arrive than can be checked");
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return Optional.of(
          password.length() <= MOST_CHARACTERS && PasswordHash.matches(password, hash));
    } finally {
      checks.release();
    }
  }
}
