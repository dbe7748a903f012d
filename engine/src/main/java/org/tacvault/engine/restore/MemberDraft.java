package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.source.Source;

/** A {@link RestorePlan.Member} in the making. */
final class MemberDraft {
  final List<RestorePlan.Table> tables = new ArrayList<>();
  final List<RestorePlan.Named> named = new ArrayList<>();
  final CappedList<RestorePlan.AccessChange> access = new CappedList<>();
  final CappedList<Revocation> comesBack = new CappedList<>();
  Settings settings = new Settings();
  final List<RestorePlan.HistoryRows> history = new ArrayList<>();
  final CappedList<RestorePlan.SchemaDifference> schema = new CappedList<>();

  RestorePlan.Member stays(Source source, String reason) {
    return finish(source, RestorePlan.Action.NONE, reason);
  }

  RestorePlan.Member goes(Source source, String reason) {
    return finish(source, RestorePlan.Action.REMOVE, reason);
  }

  RestorePlan.Member comes(Source source, boolean isNew) {
    return finish(source, isNew ? RestorePlan.Action.CREATE : RestorePlan.Action.REPLACE, null);
  }

  RestorePlan.Member merges(Source source) {
    return finish(source, RestorePlan.Action.MERGE, null);
  }

  private RestorePlan.Member finish(
      Source source, RestorePlan.Action action, @Nullable String reason) {
    return new RestorePlan.Member(
        source.component(),
        source.member(),
        action,
        reason,
        tables,
        named,
        access.capped(),
        new Withdrawn(comesBack.capped(), new CappedList<Revocation>().capped()),
        settings.result(),
        history,
        schema.capped());
  }
}
