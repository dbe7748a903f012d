package org.tacvault.engine.destination;

import static org.tacvault.engine.error.ErrorKind.CONFLICT;
import static org.tacvault.engine.error.ErrorKind.NOT_FOUND;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Sha256;

/**
 * Another destination whose operations are tried again when their failure may pass: a put begins
 * anew, a get goes on where it was cut.
 */
public final class RetryingDestination implements Destination {
  private static final String ARCHIVES = "archives";
  private final Destination destination;
  private final Retries retries;
  private final RetryLog log;

  /**
   * @param log hears {@code retries}, also those that the provider makes by itself
   */
  public RetryingDestination(Destination destination, Retries retries, RetryLog log) {
    this.destination = destination;
    this.retries = retries;
    this.log = log;
  }

  @Override
  public StoredArchive put(String relativePath, Content content) {
    return retries.attempt(
        "store archive", relativePath, number -> put(relativePath, content, number));
  }

  private StoredArchive put(String relativePath, Content content, int attempt) {
    try {
      return destination.put(relativePath, content);
    } catch (EngineException e) {
      if (attempt == 1 || e.kind() != CONFLICT) {
        throw e;
      }
      return published(relativePath, content).orElseThrow(() -> e);
    }
  }

  /**
   * What lies at {@code path} when an earlier attempt put it there and only its answer was lost: an
   * archive of the very same bytes. Anything else is somebody else's, and stays as it is.
   */
  private Optional<StoredArchive> published(String path, Content content) {
    try {
      StoredArchive stored = destination.stat(path);
      return stored.sizeBytes() == content.sizeBytes() && sha256(path).equals(sha256(content))
          ? Optional.of(stored.provenBy("read back after a lost answer"))
          : Optional.empty();
    } catch (IOException e) {
      throw IoFailures.of("compare archive", path, e);
    } catch (EngineException e) {
      if (e.kind() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String sha256(String path) throws IOException {
    try (InputStream in = get(path)) {
      return Sha256.hex(in);
    }
  }

  private static String sha256(Content content) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    content.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return Sha256.hex(digest);
  }

  @Override
  public InputStream get(String path, long offset) {
    return new ResumingInputStream(destination, path, offset, retries);
  }

  @Override
  public List<StoredArchive> list() {
    return retries.call("list", ARCHIVES, destination::list);
  }

  @Override
  public StoredArchive stat(String path) {
    return retries.call("look at archive", path, () -> destination.stat(path));
  }

  /** An archive that is gone when it is tried again is one that the first attempt removed. */
  @Override
  public void delete(String path) {
    retries.attempt(
        "delete archive",
        path,
        number -> {
          try {
            destination.delete(path);
          } catch (EngineException e) {
            if (number == 1 || e.kind() != NOT_FOUND) {
              throw e;
            }
          }
          return path;
        });
  }

  @Override
  public ConnectionReport check() {
    AtomicReference<ConnectionReport> last = new AtomicReference<>();
    try {
      retries.run("check", "destination", () -> requireReachable(last));
    } catch (EngineException e) {
      if (!Retries.mayPass(e)) {
        throw e;
      }
    }
    return last.get();
  }

  private void requireReachable(AtomicReference<ConnectionReport> last) {
    ConnectionReport report = destination.check();
    last.set(report);
    if (report.isUnreachable()) {
      report.requirePassed("check", "destination");
    }
  }

  @Override
  public OptionalLong usableSpace() {
    return retries.call("ask for room", "at the destination", destination::usableSpace);
  }

  @Override
  public int sweep(Instant now) {
    return retries.call("sweep", "destination", () -> destination.sweep(now));
  }

  @Override
  public List<String> retried() {
    return log.texts();
  }

  @Override
  public void close() {
    destination.close();
  }
}
