package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.Source;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which live files a restore changed, as the catalog keeps it for an undo: {@code members[]} of
 * {@code component, member, type, live, created}.
 */
public record RestoreRecord(List<Entry> entries) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public RestoreRecord {
    entries = List.copyOf(entries);
  }

  /**
   * One file.
   *
   * @param created whether there was none before
   */
  public record Entry(Source source, boolean created) {}

  /** What {@code changes} are about to do. */
  static RestoreRecord of(List<Change> changes) {
    return new RestoreRecord(
        changes.stream()
            .map(change -> new Entry(change.source(), !change.source().exists()))
            .toList());
  }

  /** What the steps of a journal did. */
  static RestoreRecord ofSteps(List<JournalStep> steps) {
    return new RestoreRecord(
        steps.stream()
            .map(step -> new Entry(step.source(), step.kept() == Source.Kept.ABSENT))
            .toList());
  }

  boolean changed(String member) {
    return entries.stream().anyMatch(entry -> entry.source.member().equals(member));
  }

  String json() {
    List<Map<String, Object>> members = new ArrayList<>();
    for (Entry entry : entries) {
      Map<String, Object> member = new LinkedHashMap<>();
      member.put("component", entry.source.component().id());
      member.put("member", entry.source.member());
      member.put("type", entry.source.type().id());
      member.put("live", entry.source.live().toString());
      member.put("created", entry.created);
      members.add(member);
    }
    return JSON.writeValueAsString(Map.of("members", members));
  }

  /** Reads {@link #json}; without entries when it is absent or not understood. */
  static RestoreRecord parse(@Nullable String json) {
    try {
      List<Entry> entries = new ArrayList<>();
      for (JsonNode node : JSON.readTree(json == null ? "{}" : json).path("members")) {
        entries.add(new Entry(source(node), node.path("created").asBoolean()));
      }
      return new RestoreRecord(entries);
    } catch (JacksonException | IllegalArgumentException e) {
      return new RestoreRecord(List.of());
    }
  }

  private static Source source(JsonNode node) {
    return new JournalStep(
            constant(Component.class, node.path("component").asString()),
            node.path("member").asString(),
            constant(EntryType.class, node.path("type").asString()),
            Path.of(node.path("live").asString()),
            null,
            null)
        .source();
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String id) {
    return Enum.valueOf(type, id.toUpperCase(Locale.ROOT));
  }

  /** For an execution of which nothing else is known. */
  ExecutionResult result() {
    return result((String) null);
  }

  /** For a restore that was killed before it could record its end. */
  ExecutionResult result(Catalog catalog, String restoreId) {
    return result(SafetyCopy.of(catalog, restoreId).orElse(null));
  }

  private ExecutionResult result(@Nullable String emergencyPath) {
    return new ExecutionResult(
        null,
        null,
        null,
        null,
        entries.size(),
        json(),
        null,
        List.of(),
        Map.of(),
        emergencyPath,
        List.of());
  }
}
