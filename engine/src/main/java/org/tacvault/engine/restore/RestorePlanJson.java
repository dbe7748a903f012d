package org.tacvault.engine.restore;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan for machines.
 *
 * <ul>
 *   <li>{@code planned_at}, {@code age_seconds}
 *   <li>{@code backup}: {@code instance_name, hostname, type, taken_at}
 *   <li>{@code warnings[]}: {@code kind, member|null, message}; kinds are those of {@link
 *       PlanWarning.Kind} in lower case
 *   <li>{@code commands[]}: {@code name (stop|start|reload|health), command}
 *   <li>{@code members[]}: {@code component, member, action (replace|create|merge|remove|none),
 *       reason|null} and
 *       <ul>
 *         <li>{@code tables[]}: {@code name, now|null, after|null}
 *         <li>{@code changes[]}: {@code kind (user|user_group|device|device_group|realm|proxy)}
 *             with {@code appear} and {@code disappear} as {@code {total, names[]}}, and {@code
 *             change} as {@code {total, items[]: {name, fields[]}}}
 *         <li>{@code access}: {@code {total, items[]: {kind, name, direction (gains|loses|changes),
 *             fields[]: {field, now|null, after|null}}}}
 *         <li>{@code withdrawn}: since the backup, {@code comes_back} and {@code stays} as {@code
 *             {total, items[]: {kind, name, what}}}; {@code what} is one of {@link Revocation.What}
 *             in lower case
 *         <li>{@code settings}: {@code {total, items[]: {section, key, now|null, after|null}}},
 *             secrets as {@code ********}
 *         <li>{@code newer_rows[]}: {@code table, count, newest|null}, which replacing loses
 *         <li>{@code history[]}: {@code table, replace: {loses, newest|null, brings_back}, merge:
 *             {loses, brings_back, leaves_out, creates_table}}
 *         <li>{@code schema}: {@code {total, items[]: {kind (table|column|index|trigger|view),
 *             name, only_in (live|backup), or null when both have it with other definitions}}}
 *       </ul>
 * </ul>
 *
 * Times are ISO 8601 in UTC. Lists with a {@code total} hold the first 1,000.
 */
public final class RestorePlanJson {
  private RestorePlanJson() {}

  /** The document as text, indented. */
  public static String text(RestorePlan plan) {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document(plan));
  }

  /** The document, to be part of a larger one. */
  public static ObjectNode document(RestorePlan plan) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("planned_at", plan.plannedAt().toString());
    root.put("age_seconds", plan.age().toSeconds());
    origin(root.putObject("backup"), plan.backup());
    all(root.putArray("warnings"), plan.warnings(), RestorePlanJson::warning);
    all(root.putArray("commands"), plan.commands(), RestorePlanJson::command);
    all(root.putArray("members"), plan.members(), RestorePlanJson::member);
    return root;
  }

  private static void origin(ObjectNode node, RestorePlan.Origin backup) {
    node.put("instance_name", backup.instanceName());
    node.put("hostname", backup.hostname());
    node.put("type", backup.type());
    node.put("taken_at", backup.takenAt().toString());
  }

  private static void warning(ObjectNode node, PlanWarning warning) {
    node.put("kind", warning.kind().id());
    node.put("member", warning.member());
    node.put("message", warning.message());
  }

  private static void command(ObjectNode node, RestorePlan.Command command) {
    node.put("name", command.name());
    node.put("command", command.command());
  }

  private static void member(ObjectNode node, RestorePlan.Member member) {
    node.put("component", member.component().id());
    node.put("member", member.member());
    node.put("action", member.action().id());
    node.put("reason", member.reason());
    all(node.putArray("tables"), member.tables(), RestorePlanJson::table);
    all(node.putArray("changes"), member.named(), RestorePlanJson::named);
    capped(node.putObject("access"), member.access(), RestorePlanJson::access);
    withdrawn(node.putObject("withdrawn"), member.withdrawn());
    capped(node.putObject("settings"), member.settings(), RestorePlanJson::setting);
    all(
        node.putArray("newer_rows"),
        member.history().stream().filter(rows -> rows.newer() > 0).toList(),
        RestorePlanJson::newer);
    all(node.putArray("history"), member.history(), RestorePlanJson::history);
    capped(node.putObject("schema"), member.schema(), RestorePlanJson::schema);
  }

  private static void table(ObjectNode node, RestorePlan.Table table) {
    node.put("name", table.name());
    node.put("now", table.now());
    node.put("after", table.after());
  }

  private static void named(ObjectNode node, RestorePlan.Named named) {
    node.put("kind", named.kind().id());
    names(node.putObject("appear"), named.appear());
    names(node.putObject("disappear"), named.disappear());
    capped(node.putObject("change"), named.change(), RestorePlanJson::changed);
  }

  private static void names(ObjectNode node, Capped<String> names) {
    node.put("total", names.total());
    names.first().forEach(node.putArray("names")::add);
  }

  private static void changed(ObjectNode node, RestorePlan.Changed changed) {
    node.put("name", changed.name());
    changed.fields().forEach(node.putArray("fields")::add);
  }

  private static void access(ObjectNode node, RestorePlan.AccessChange change) {
    node.put("kind", change.kind().id());
    node.put("name", change.name());
    node.put("direction", change.direction().id());
    all(
        node.putArray("fields"),
        change.fields(),
        (item, field) -> {
          item.put("field", field.field());
          nowAndAfter(item, field.now(), field.after());
        });
  }

  private static void withdrawn(ObjectNode node, Withdrawn withdrawn) {
    node.set("comes_back", revocations(withdrawn.comesBack()));
    node.set("stays", revocations(withdrawn.stays()));
  }

  /** {@code {total, items[]: {kind, name, what}}}, to be part of a document. */
  public static ObjectNode revocations(Capped<Revocation> revocations) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    capped(
        node,
        revocations,
        (item, revocation) -> {
          item.put("kind", revocation.kind().id());
          item.put("name", revocation.name());
          item.put("what", revocation.what().id());
        });
    return node;
  }

  private static void setting(ObjectNode node, RestorePlan.Setting setting) {
    node.put("section", setting.section());
    node.put("key", setting.key());
    nowAndAfter(node, setting.now(), setting.after());
  }

  private static void nowAndAfter(ObjectNode node, @Nullable String now, @Nullable String after) {
    node.put("now", now);
    node.put("after", after);
  }

  private static void newer(ObjectNode node, RestorePlan.HistoryRows rows) {
    node.put("table", rows.table());
    node.put("count", rows.newer());
    node.put("newest", newest(rows));
  }

  private static void history(ObjectNode node, RestorePlan.HistoryRows rows) {
    node.put("table", rows.table());
    ObjectNode replace = node.putObject("replace");
    replace.put("loses", rows.newer());
    replace.put("newest", newest(rows));
    replace.put("brings_back", rows.missing() + rows.conflicting());
    ObjectNode merge = node.putObject("merge");
    merge.put("loses", 0);
    merge.put("brings_back", rows.missing());
    merge.put("leaves_out", rows.conflicting());
    merge.put("creates_table", rows.absent());
  }

  private static @Nullable String newest(RestorePlan.HistoryRows rows) {
    Instant newest = rows.newest();
    return newest == null ? null : newest.toString();
  }

  private static void schema(ObjectNode node, RestorePlan.SchemaDifference difference) {
    node.put("kind", difference.item().kind().id());
    node.put("name", difference.item().name());
    boolean isChanged = difference.only() == RestorePlan.Side.BOTH;
    node.put("only_in", isChanged ? null : difference.only().id());
  }

  private static <T> void capped(
      ObjectNode node, Capped<T> things, BiConsumer<ObjectNode, T> writer) {
    node.put("total", things.total());
    all(node.putArray("items"), things.first(), writer);
  }

  private static <T> void all(ArrayNode array, List<T> things, BiConsumer<ObjectNode, T> writer) {
    things.forEach(thing -> writer.accept(array.addObject(), thing));
  }
}
