package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.restore.RestorePlan.AccessChange;
import org.tacvault.engine.restore.RestorePlan.Direction;
import org.tacvault.engine.restore.RestorePlan.FieldChange;
import tools.jackson.databind.JsonNode;

/**
 * Whether a user or group can do more or less after a restore. A user's rights are those of the
 * row: {@code enabled}, {@code privilege_level} and {@code groups}; a user group's is the {@code
 * privilege_level} in its metadata, a device group's the {@code allowed_user_groups} there. What
 * follows from them on a device is not worked out.
 */
final class Rights {
  private static final String ACCOUNT = "account";

  private final List<FieldChange> fields = new ArrayList<>();
  private @Nullable Direction direction;

  private Rights() {}

  static Optional<AccessChange> compare(
      NamedKind kind, String name, NamedRow before, NamedRow after) {
    Rights rights = new Rights();
    switch (kind) {
      case USER -> rights.user(before, after);
      case USER_GROUP -> rights.userGroup(before, after);
      case DEVICE_GROUP -> rights.deviceGroup(before, after);
      default -> {}
    }
    return Optional.ofNullable(rights.direction)
        .map(found -> new AccessChange(kind, name, found, rights.fields));
  }

  /** Whether a whole account comes or goes. */
  static boolean isAccount(FieldChange change) {
    return change.field().equals(ACCOUNT);
  }

  private void user(NamedRow before, NamedRow after) {
    if (before.exists() && after.exists()) {
      enabled(before, after);
      privilege(number(before.get("privilege_level")), number(after.get("privilege_level")));
      groups(before, after);
    } else {
      NamedRow there = before.exists() ? before : after;
      if (isEnabled(there)) {
        account(there, after.exists());
      }
    }
  }

  private void account(NamedRow there, boolean comes) {
    Direction way = comes ? Direction.GAINS : Direction.LOSES;
    add(way, ACCOUNT, comes ? null : "present", comes ? "present" : null);
    for (String field : List.of("privilege_level", "groups")) {
      String value = there.get(field);
      if (value != null) {
        String shown = field.equals("groups") ? joined(value) : value;
        add(way, field, comes ? null : shown, comes ? shown : null);
      }
    }
  }

  private void enabled(NamedRow before, NamedRow after) {
    if (before.has("enabled") && isEnabled(before) != isEnabled(after)) {
      add(
          isEnabled(after) ? Direction.GAINS : Direction.LOSES,
          "enabled",
          isEnabled(before) ? "yes" : "no",
          isEnabled(after) ? "yes" : "no");
    }
  }

  private static boolean isEnabled(NamedRow row) {
    return !"0".equals(row.get("enabled"));
  }

  private void privilege(@Nullable Long before, @Nullable Long after) {
    if (Objects.equals(before, after)) {
      return;
    }
    boolean known = before != null && after != null;
    Direction way = !known ? Direction.CHANGES : after > before ? Direction.GAINS : Direction.LOSES;
    add(way, "privilege_level", text(before), text(after));
  }

  private void groups(NamedRow before, NamedRow after) {
    String left = before.get("groups");
    String right = after.get("groups");
    Optional<List<String>> now = JsonKeys.list(left);
    Optional<List<String>> then = JsonKeys.list(right);
    if (now.isPresent() && then.isPresent()) {
      lists(now.get(), then.get());
    } else if (!Objects.equals(left, right)) {
      add(Direction.CHANGES, "groups", joined(left), joined(right));
    }
  }

  private void lists(List<String> now, List<String> then) {
    if (!now.equals(then)) {
      Direction way =
          then.containsAll(now)
              ? Direction.GAINS
              : now.containsAll(then) ? Direction.LOSES : Direction.CHANGES;
      add(way, "groups", String.join(", ", now), String.join(", ", then));
    }
  }

  private void userGroup(NamedRow before, NamedRow after) {
    if (before.exists() && after.exists()) {
      privilege(
          number(JsonKeys.object(before.get("metadata")), "privilege_level"),
          number(JsonKeys.object(after.get("metadata")), "privilege_level"));
    }
  }

  // An empty list may let in everybody or nobody, so the direction is left to the reader.
  private void deviceGroup(NamedRow before, NamedRow after) {
    if (before.exists() && after.exists()) {
      String now = allowed(before);
      String then = allowed(after);
      if (!Objects.equals(now, then)) {
        add(Direction.CHANGES, "allowed_user_groups", now, then);
      }
    }
  }

  private static @Nullable String allowed(NamedRow row) {
    return JsonKeys.object(row.get("metadata"))
        .flatMap(metadata -> JsonKeys.list(metadata.path("allowed_user_groups")))
        .map(groups -> String.join(", ", groups))
        .orElse(null);
  }

  private void add(Direction way, String field, @Nullable String now, @Nullable String then) {
    fields.add(new FieldChange(field, Shortened.orNull(now), Shortened.orNull(then)));
    direction = direction == null ? way : direction.and(way);
  }

  private static @Nullable String joined(@Nullable String groups) {
    return JsonKeys.list(groups).map(list -> String.join(", ", list)).orElse(groups);
  }

  static @Nullable Long number(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  private static @Nullable Long number(Optional<JsonNode> object, String key) {
    return object
        .map(node -> node.path(key))
        .filter(node -> node.isNumber() || node.isString())
        .map(node -> number(node.asString()))
        .orElse(null);
  }

  private static @Nullable String text(@Nullable Long number) {
    return number == null ? null : number.toString();
  }
}
