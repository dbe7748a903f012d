package org.tacvault.engine.io;

import java.io.IOException;

/** A {@link java.util.function.Consumer} whose work may fail with an {@link IOException}. */
@FunctionalInterface
public interface IoConsumer<T> {
  void accept(T value) throws IOException;
}
