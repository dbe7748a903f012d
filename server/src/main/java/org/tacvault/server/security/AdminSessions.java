package org.tacvault.server.security;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.Printable;

/**
 * Who is logged in. In memory only: a restart ends all sessions. Kept under the digests of their
 * secrets, which themselves only the browsers have.
 */
public final class AdminSessions {
  /** One more ends the one that was used least recently. */
  static final int MOST = 50;

  private final AdminCredentials credentials;
  private final InstantSource clock;
  private final Map<String, AdminSession> byDigest = new ConcurrentHashMap<>();

  AdminSessions(AdminCredentials credentials, InstantSource clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  /** A session with the secret that opens it. */
  record Begun(String secret, AdminSession session) {}

  synchronized Begun begin(AdminAccount account, String address, String userAgent) {
    Instant now = clock.instant();
    byDigest.values().removeIf(isOver(now));
    while (byDigest.size() >= MOST) {
      byDigest.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().renewedAt()))
          .ifPresent(oldest -> byDigest.remove(oldest.getKey()));
    }
    AdminSession session =
        new AdminSession(
            RandomText.id(),
            account.username(),
            account.version(),
            account.sessionTimeout(),
            now,
            now,
            address,
            Printable.of(userAgent));
    String secret = RandomText.secret();
    byDigest.put(key(secret), session);
    return new Begun(secret, session);
  }

  /** The session of that secret, unless it has ended or the account was changed since. */
  Optional<AdminSession> find(String secret) {
    return Optional.ofNullable(byDigest.get(key(secret))).filter(isOver(clock.instant()).negate());
  }

  /** Lets its time run anew, if enough has passed to be worth it. */
  Optional<AdminSession> renew(String secret) {
    Instant now = clock.instant();
    return find(secret)
        .filter(session -> session.isToBeRenewed(now))
        .map(
            session ->
                byDigest.computeIfPresent(key(secret), (digest, found) -> found.renewed(now)));
  }

  void end(String secret) {
    byDigest.remove(key(secret));
  }

  /** Ends the session of that id; false when there is none. */
  public boolean endById(String id) {
    return byDigest.values().removeIf(session -> session.id().equals(id));
  }

  /** Ends all but the one of that id, or all when null, and returns how many. */
  public int endOthers(@Nullable String id) {
    int before = list().size();
    byDigest.values().removeIf(session -> !session.id().equals(id));
    return before - list().size();
  }

  /** Those that are open, newest first. */
  public List<AdminSession> list() {
    return byDigest.values().stream()
        .filter(isOver(clock.instant()).negate())
        .sorted(Comparator.comparing(AdminSession::createdAt).reversed())
        .toList();
  }

  private Predicate<AdminSession> isOver(Instant now) {
    String version = credentials.current().map(AdminAccount::version).orElse("none");
    return session -> session.isOver(now) || !session.accountVersion().equals(version);
  }

  private static String key(String secret) {
    return SecretDigest.of(secret).hex();
  }
}
