package org.tacvault.server.api;

/** The answer to a change of which there is nothing more to tell. */
public record Success(boolean success) {
  /** It was done. */
  public static final Success DONE = new Success(true);
}
