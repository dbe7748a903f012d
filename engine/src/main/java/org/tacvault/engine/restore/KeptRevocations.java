package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a restore leaves withdrawn.
 *
 * @param members by name in the archive
 * @param warnings what cannot be left withdrawn, because nobody knows it
 */
record KeptRevocations(Map<String, Capped<Revocation>> members, List<PlanWarning> warnings) {
  static final KeptRevocations NONE = new KeptRevocations(Map.of(), List.of());

  KeptRevocations {
    members = Map.copyOf(members);
    warnings = List.copyOf(warnings);
  }

  Capped<Revocation> all() {
    CappedList<Revocation> all = new CappedList<>();
    new TreeMap<>(members).values().forEach(all::addAll);
    return all.capped();
  }

  /** {@code plan}, which was made with the edited copies, and what they leave withdrawn. */
  RestorePlan addTo(RestorePlan plan) {
    List<PlanWarning> allWarnings = new ArrayList<>(plan.warnings());
    allWarnings.addAll(warnings);
    return new RestorePlan(
        plan.plannedAt(),
        plan.backup(),
        plan.members().stream().map(this::withStaying).toList(),
        allWarnings);
  }

  private RestorePlan.Member withStaying(RestorePlan.Member member) {
    Capped<Revocation> stays = members.get(member.member());
    return stays == null ? member : member.withStaying(stays);
  }

  /** {@code record}, a JSON object for the catalog, with {@code kept_revocations} if any. */
  String addTo(String record) {
    Capped<Revocation> all = all();
    if (all.isEmpty()) {
      return record;
    }
    ObjectNode root = JsonMapper.shared().readTree(record).asObject();
    root.set("kept_revocations", RestorePlanJson.revocations(all));
    return root.toString();
  }
}
