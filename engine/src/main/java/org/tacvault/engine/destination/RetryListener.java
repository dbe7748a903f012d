package org.tacvault.engine.destination;

/** Hears every retry before the wait for it; called by any thread that works at a destination. */
@FunctionalInterface
public interface RetryListener {
  /** Hears nothing. */
  RetryListener NONE = retry -> {};

  void retrying(Retry retry);
}
