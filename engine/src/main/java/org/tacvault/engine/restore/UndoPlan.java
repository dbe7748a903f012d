package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tacvault.engine.source.Source;

/** Adds to a plan what goes. */
final class UndoPlan {
  private static final String REASON = "the restore that is undone made it";

  private UndoPlan() {}

  static RestorePlan with(List<Source> removals, RestorePlan plan) {
    if (removals.isEmpty()) {
      return plan;
    }
    List<RestorePlan.Member> members = new ArrayList<>(plan.members());
    removals.forEach(source -> members.add(new MemberDraft().goes(source, REASON)));
    List<PlanWarning> warnings = new ArrayList<>(plan.warnings());
    String names = removals.stream().map(Source::member).collect(Collectors.joining(", "));
    warnings.add(
        new PlanWarning(
            PlanWarning.Kind.WOULD_BE_REMOVED, null, "would be removed, " + REASON + ": " + names));
    return new RestorePlan(plan.plannedAt(), plan.backup(), members, warnings);
  }
}
