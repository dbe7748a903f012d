package org.tacvault.engine.destination;

/** A small file at a store, with which a connection test does what a backup and a restore do. */
public interface Probe {
  /** Stores {@code content} under a name that no listing shows as an archive. */
  void write(byte[] content) throws Exception;

  byte[] read() throws Exception;

  /** Lists the archives. */
  void list() throws Exception;

  /** Removes what {@link #write} stored, also when it failed half-way. */
  void delete() throws Exception;
}
