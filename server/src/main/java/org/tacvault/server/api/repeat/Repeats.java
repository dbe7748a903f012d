package org.tacvault.server.api.repeat;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.RepeatableRequest;
import org.tacvault.engine.catalog.RepeatableRequests;
import org.tacvault.engine.error.EngineException;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.error.ErrorAnswer;
import org.tacvault.server.security.Caller;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives a request that is sent again under the same key the answer that it had the first time, for
 * a day, also after a restart. While the first is being done, others wait for it.
 */
@Component
public final class Repeats {
  /** The header of requests that may be sent again. */
  public static final String HEADER = IdempotencyKey.HEADER;

  private static final String REPLAYED = "Idempotent-Replayed";

  private final BackupEngine engine;
  private final InstantSource clock;
  private final JsonMapper json;
  private final Map<String, CompletableFuture<Void>> underway = new ConcurrentHashMap<>();

  Repeats(BackupEngine engine, InstantSource clock, JsonMapper json) {
    this.engine = engine;
    this.clock = clock;
    this.json = json;
  }

  /**
   * Does {@code work}, unless the request was done before.
   *
   * @param key null does it in any case
   * @param request what is asked for, as a value that is shown without its secrets
   */
  public ResponseEntity<Object> once(
      @Nullable String key, String operation, Caller caller, Object request, RepeatableWork work) {
    if (key == null) {
      return ResponseEntity.ok(work.run(id -> {}));
    }
    String hash = IdempotencyKey.of(key, operation, caller).hash();
    CompletableFuture<Void> mine = new CompletableFuture<>();
    for (CompletableFuture<Void> other = underway.putIfAbsent(hash, mine);
        other != null;
        other = underway.putIfAbsent(hash, mine)) {
      other.join();
    }
    try {
      return first(hash, IdempotencyKey.hash(json.writeValueAsString(request)), work);
    } finally {
      underway.remove(hash);
      mine.complete(null);
    }
  }

  private ResponseEntity<Object> first(String key, String request, RepeatableWork work) {
    Optional<RepeatableRequest> before = requests().claim(key, request, clock.instant());
    return before.isPresent() ? again(before.get(), request) : perform(key, work);
  }

  private ResponseEntity<Object> perform(String key, RepeatableWork work) {
    Began began = new Began(key);
    try {
      Object answer = work.run(began::note);
      requests().answer(key, HttpStatus.OK.value(), json.writeValueAsString(answer));
      return ResponseEntity.ok(answer);
    } catch (EngineException e) {
      if (began.noted) {
        ErrorAnswer answer = ErrorAnswer.of(e);
        requests().answer(key, answer.status().value(), json.writeValueAsString(answer.body()));
      } else {
        requests().release(key);
      }
      throw e;
    } catch (RuntimeException e) {
      if (!began.noted) {
        requests().release(key);
      }
      throw e;
    }
  }

  private ResponseEntity<Object> again(RepeatableRequest before, String request) {
    if (!before.request().equals(request)) {
      throw new ApiException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "The " + HEADER + " was used for another request",
          "take a new key for a new request");
    }
    Integer status = before.status();
    String answer = before.answer();
    if (status == null || answer == null) {
      throw unanswered(before);
    }
    return ResponseEntity.status(status)
        .header(REPLAYED, "true")
        .contentType(MediaType.APPLICATION_JSON)
        .body(json.readTree(answer));
  }

  /** It is being done by another process, or was when its process was killed. */
  private static ApiException unanswered(RepeatableRequest before) {
    String id = before.executionId();
    return new ApiException(
        HttpStatus.CONFLICT,
        "The first request with this " + HEADER + " has not been answered",
        id == null ? "ask again later" : "execution " + id + " says what became of it");
  }

  private RepeatableRequests requests() {
    return engine.catalog().requests();
  }

  /** Whether the work has an execution. */
  private final class Began {
    private final String key;
    private boolean noted;

    Began(String key) {
      this.key = key;
    }

    void note(String executionId) {
      requests().began(key, executionId);
      noted = true;
    }
  }
}
