package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.sqlite.RowQuery;

/**
 * A table of the Python server whose rows have names.
 *
 * @param key the natural key; ids may differ between two databases that mean the same
 * @param references columns that hold an id, with what they mean and the table that they refer to
 * @param json columns that hold a JSON object
 */
record NamedTable(
    NamedKind kind,
    String table,
    List<String> key,
    Map<String, Reference> references,
    Set<String> json) {
  /** Changes of these say nothing about what a row means. */
  private static final Set<String> IGNORED = Set.of("id", "created_at", "updated_at");

  record Reference(String name, String table) {}

  private static final NamedTable USERS =
      new NamedTable(NamedKind.USER, "local_users", List.of("username"), Map.of(), Set.of());
  private static final NamedTable USER_GROUPS =
      new NamedTable(
          NamedKind.USER_GROUP, "local_user_groups", List.of("name"), Map.of(), Set.of("metadata"));
  private static final NamedTable DEVICES =
      new NamedTable(
          NamedKind.DEVICE,
          "devices",
          List.of("name", "network"),
          Map.of("group_id", new Reference("group", "device_groups")),
          Set.of("metadata"));
  private static final NamedTable DEVICE_GROUPS =
      new NamedTable(
          NamedKind.DEVICE_GROUP,
          "device_groups",
          List.of("name"),
          Map.of(
              "realm_id",
              new Reference("realm", "realms"),
              "proxy_id",
              new Reference("proxy", "proxies")),
          Set.of("metadata", "tacacs_profile", "radius_profile"));
  private static final NamedTable REALMS =
      new NamedTable(NamedKind.REALM, "realms", List.of("name"), Map.of(), Set.of());
  private static final NamedTable PROXIES =
      new NamedTable(NamedKind.PROXY, "proxies", List.of("name"), Map.of(), Set.of("metadata"));

  /** Those in the database that is archived as {@code member}. */
  static List<NamedTable> of(String member) {
    return switch (member) {
      case Members.USERS -> List.of(USERS, USER_GROUPS);
      case Members.DEVICES -> List.of(DEVICES, DEVICE_GROUPS, REALMS, PROXIES);
      default -> List.of();
    };
  }

  /**
   * What to read of each row.
   *
   * @param columns those that can be compared
   * @param tables those that both sides have
   */
  RowQuery query(Set<String> columns, Set<String> tables) {
    List<RowQuery.Field> fields = new ArrayList<>();
    for (String column : new TreeSet<>(columns)) {
      if (!IGNORED.contains(column) && !key.contains(column)) {
        fields.add(field(column, tables));
      }
    }
    return new RowQuery(table, key, fields, null);
  }

  private RowQuery.Field field(String column, Set<String> tables) {
    Reference reference = references.get(column);
    return reference != null && tables.contains(reference.table())
        ? new RowQuery.Field(reference.name(), column, reference.table())
        : RowQuery.Field.of(column);
  }
}
