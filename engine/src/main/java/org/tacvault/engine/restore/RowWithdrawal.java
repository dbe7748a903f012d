package org.tacvault.engine.restore;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.restore.Revocation.What;
import org.tacvault.engine.sqlite.ExactValue;
import org.tacvault.engine.sqlite.Row;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * What was withdrawn from one user, group or device since the backup, and what its row in the
 * backup has to become so that it stays withdrawn. Where that cannot be told (a privilege that is
 * no number, JSON that cannot be read), what is live stays: nothing comes back by accident.
 */
final class RowWithdrawal {
  private static final String METADATA = "metadata";

  private final NamedKind kind;
  private final NamedRow live;
  private final NamedRow backup;
  private final Set<What> what = EnumSet.noneOf(What.class);
  private final SortedMap<String, @Nullable String> values = new TreeMap<>();

  private RowWithdrawal(NamedKind kind, NamedRow live, NamedRow backup) {
    this.kind = kind;
    this.live = live;
    this.backup = backup;
  }

  /** The columns that hold the rights and secrets of {@code kind}. */
  static Set<String> columns(NamedKind kind) {
    return switch (kind) {
      case USER -> Set.of("enabled", "privilege_level", "groups", "password", "password_hash");
      case USER_GROUP, DEVICE_GROUP -> Set.of(METADATA);
      case DEVICE -> Set.of("tacacs_secret", "radius_secret", METADATA);
      case REALM, PROXY -> Set.of();
    };
  }

  /**
   * Decides about one row, which is on at least one side.
   *
   * @param live with {@link ExactValue}s, like {@code backup}
   */
  static RowWithdrawal of(NamedKind kind, NamedRow live, NamedRow backup) {
    RowWithdrawal row = new RowWithdrawal(kind, live, backup);
    if (live.exists() && backup.exists()) {
      row.compare();
    } else if (backup.exists()) {
      row.gone();
    }
    return row;
  }

  /** What was withdrawn; nothing, mostly. */
  Set<What> what() {
    return what;
  }

  /** Names each thing that was withdrawn from {@code row}. */
  void addTo(CappedList<Revocation> list, Row row) {
    what.forEach(each -> list.add(new Revocation(kind, NamedChanges.name(row), each)));
  }

  /** Whether the row has to go; else its {@link #values} have to change. */
  boolean isGone() {
    return what.contains(What.DELETED);
  }

  /** {@link ExactValue}s by column. */
  SortedMap<String, @Nullable String> values() {
    return values;
  }

  // Devices and device groups that are gone are what people restore for.
  private void gone() {
    boolean counts = kind == NamedKind.USER ? isEnabled(backup) : kind == NamedKind.USER_GROUP;
    if (counts) {
      what.add(What.DELETED);
    }
  }

  private void compare() {
    if (kind == NamedKind.USER) {
      user();
    } else {
      secrets();
      metadata();
    }
  }

  private void user() {
    if (isEnabled(backup) && !isEnabled(live)) {
      stays(What.DISABLED, "enabled");
    }
    if (isLess(text(live, "privilege_level"), text(backup, "privilege_level"))) {
      stays(What.PRIVILEGE_REDUCED, "privilege_level");
    }
    groups();
    if (differs("password") || differs("password_hash")) {
      stays(What.PASSWORD_CHANGED, "password", "password_hash");
    }
  }

  private static boolean isEnabled(NamedRow row) {
    return !"0".equals(text(row, "enabled"));
  }

  /** Also when one of the two is no number. */
  static boolean isLess(@Nullable String now, @Nullable String then) {
    Long left = Rights.number(now);
    Long right = Rights.number(then);
    return left != null && right != null ? left < right : !Objects.equals(now, then);
  }

  private void groups() {
    Optional<ArrayNode> now = Metadata.list(text(live, "groups"));
    Optional<ArrayNode> then = Metadata.list(text(backup, "groups"));
    if (now.isPresent() && then.isPresent()) {
      groups(Metadata.members(now.get()), Metadata.members(then.get()));
    } else if (differs("groups")) {
      stays(What.GROUPS_WITHDRAWN, "groups");
    }
  }

  private void groups(Set<JsonNode> now, Set<JsonNode> then) {
    if (!now.containsAll(then)) {
      now.retainAll(then);
      what.add(What.GROUPS_WITHDRAWN);
      values.put("groups", ExactValue.ofText(Metadata.text(now)));
    }
  }

  private void secrets() {
    for (SecretField secret : SecretField.ALL) {
      if (differs(secret.key())) {
        stays(secret.changed(), secret.key());
      }
    }
  }

  private void metadata() {
    MetadataWithdrawal.Result found =
        MetadataWithdrawal.of(kind, text(live, METADATA), text(backup, METADATA));
    if (found.what().contains(What.METADATA_UNREADABLE)) {
      stays(What.METADATA_UNREADABLE, METADATA);
    }
    what.addAll(found.what());
    found.text().ifPresent(text -> values.put(METADATA, ExactValue.ofText(text)));
  }

  private void stays(What found, String... columns) {
    what.add(found);
    for (String column : columns) {
      if (live.has(column)) {
        values.put(column, live.get(column));
      }
    }
  }

  private boolean differs(String column) {
    return !Objects.equals(text(live, column), text(backup, column));
  }

  /** Nothing and an empty text are the same. */
  private static @Nullable String text(NamedRow row, String column) {
    String text = ExactValue.text(row.get(column));
    return text == null || text.isEmpty() ? null : text;
  }
}
