package org.tacvault.server.api.repeat;

import java.util.function.Consumer;

/** What a request does the first time. */
@FunctionalInterface
public interface RepeatableWork {
  /**
   * Does it and returns the answer.
   *
   * @param began hears the id of the execution as soon as there is one
   */
  Object run(Consumer<String> began);
}
