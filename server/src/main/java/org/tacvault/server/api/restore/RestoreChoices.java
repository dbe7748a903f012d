package org.tacvault.server.api.restore;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.ConfirmTime;
import org.tacvault.engine.restore.History;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.server.error.ApiException;

/** What a request says about how to restore, checked. */
final class RestoreChoices {
  private RestoreChoices() {}

  /** Refuses what nobody has confirmed. */
  static void requireConfirmed(boolean confirmed) {
    if (!confirmed) {
      throw ApiException.badRequest("Must set confirm=true to proceed with restore");
    }
  }

  /** Empty means all. */
  static Set<Component> components(@Nullable List<String> names) {
    if (names == null || names.isEmpty()) {
      return Set.of();
    }
    try {
      return Component.parse(names);
    } catch (EngineException e) {
      throw (ApiException)
          ApiException.badRequest("Invalid component. Must be one of: " + Component.allIds())
              .initCause(e);
    }
  }

  static RestoreOptions options(RestoreWish wish, Set<Component> components) {
    History history = wish.history() == null ? History.REPLACE : History.parse(wish.history());
    if (!history.concerns(components)) {
      throw new ApiException(
          HttpStatus.BAD_REQUEST,
          "history merge is for accounting, metrics and audit, and none of them is selected",
          null);
    }
    return RestoreOptions.PLAIN
        .withForce(Boolean.TRUE.equals(wish.force()))
        .withHistory(history)
        .withKeepRevocations(Boolean.TRUE.equals(wish.keepRevocations()))
        .withConfirmWithin(Optional.ofNullable(wish.confirmWithin()).map(ConfirmTime::parse));
  }
}
