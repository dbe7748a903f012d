package org.tacvault.engine.destination;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A place for archives. Only whole archives are ever visible in it; a broken transfer leaves
 * nothing that looks like a backup. Failures are {@link
 * org.tacvault.engine.error.EngineException}s; a listing that fails is a failure, not an empty
 * list. Implementations are safe for use by several threads.
 */
public interface Destination extends AutoCloseable {
  /**
   * Stores {@code content} under {@code relativePath} ({@code <instance>/<type>/<filename>}), first
   * under a temporary name, then published, durable when this returns. An archive of that name
   * already there is a {@code CONFLICT}. The answer has {@link StoredArchive#proof} where the store
   * itself proved that it holds these bytes.
   */
  StoredArchive put(String relativePath, Content content);

  /**
   * Opens the archive at {@code path} (of a listing, or relative); {@code NOT_FOUND} when there is
   * none.
   */
  default InputStream get(String path) {
    return get(path, 0);
  }

  /**
   * {@link #get(String)} from the byte {@code offset} on, to go on after a cut; at or behind its
   * end there is nothing to read. A stream that is cut throws, as an {@code UNREACHABLE} in an
   * {@code IOException} or as one of the network; it never ends as if the archive ended there.
   */
  InputStream get(String path, long offset);

  /**
   * All archives below the base path, every instance's, newest first; foreign files are left out.
   */
  List<StoredArchive> list();

  /** The archive at {@code path}; {@code NOT_FOUND} when there is none. */
  StoredArchive stat(String path);

  /** Removes the archive at {@code path}; {@code NOT_FOUND} when there is none. */
  void delete(String path);

  /**
   * Tries everything that a backup and a restore need, step by step; failures are in the report.
   */
  ConnectionReport check();

  /** Bytes that can still be stored, where the store can tell. */
  OptionalLong usableSpace();

  /**
   * Removes what broken transfers of dead processes left behind; returns how many files. Stores
   * that publish on completion have nothing to remove.
   */
  default int sweep(Instant now) {
    return 0;
  }

  /** What was tried again since it was opened, for people, in their order. */
  default List<String> retried() {
    return List.of();
  }

  @Override
  void close();
}
