package org.tacvault.engine.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.io.AtomicFiles;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.sqlite.HistoryMark;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The journal as it lies on disk: {@code journal.json}, always replaced whole.
 *
 * @param hold until when the restore must be confirmed; only once everything is in place
 * @param undoneBy the execution that takes a confirmed or held restore back; only while it does
 * @param serverControlled whether commands stop or start the server for this restore
 */
record JournalFile(
    String executionId,
    Instant startedAt,
    JournalState state,
    List<JournalStep> steps,
    @Nullable Hold hold,
    @Nullable String undoneBy,
    boolean serverControlled) {
  private static final int VERSION = 1;
  private static final String NAME = "journal.json";
  private static final String MARK = "highest_rows";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  JournalFile withState(JournalState newState) {
    return with(newState, steps, hold, undoneBy);
  }

  JournalFile withHold(Hold newHold) {
    return with(JournalState.HELD, steps, newHold, undoneBy);
  }

  JournalFile withUndoneBy(@Nullable String execution) {
    return with(JournalState.APPLYING, steps, hold, execution);
  }

  JournalFile withServerUp() {
    return new JournalFile(executionId, startedAt, state, steps, hold, undoneBy, false);
  }

  JournalFile withKept(int index, Source.Kept kept, @Nullable HistoryMark mark) {
    List<JournalStep> changed = new ArrayList<>(steps);
    changed.set(index, steps.get(index).withKept(kept, mark));
    return with(state, List.copyOf(changed), hold, undoneBy);
  }

  private JournalFile with(
      JournalState newState,
      List<JournalStep> newSteps,
      @Nullable Hold newHold,
      @Nullable String newUndoneBy) {
    return new JournalFile(
        executionId, startedAt, newState, newSteps, newHold, newUndoneBy, serverControlled);
  }

  void write(Path directory) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("execution_id", executionId);
    root.put("started_at", startedAt.toString());
    root.put("state", state.id());
    if (hold != null) {
      root.put("held_since", hold.since().toString());
      root.put("deadline", hold.deadline().toString());
    }
    if (undoneBy != null) {
      root.put("undone_by", undoneBy);
    }
    root.put("server_controlled", serverControlled);
    ArrayNode array = root.putArray("steps");
    for (JournalStep step : steps) {
      ObjectNode node = array.addObject();
      node.put("component", step.component().id());
      node.put("member", step.member());
      node.put("type", step.type().id());
      node.put("live", step.live().toString());
      node.put("kept", idOf(step.kept()));
      HistoryMark mark = step.mark();
      if (mark != null) {
        ObjectNode numbers = node.putObject(MARK);
        mark.numbers().forEach(numbers::put);
      }
    }
    AtomicFiles.write(directory.resolve(NAME), JSON.writeValueAsBytes(root));
  }

  /** Removes the file, durably; what else lies in {@code directory} means nothing then. */
  static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(NAME));
    AtomicFiles.syncDirectory(directory);
  }

  /**
   * Reads the journal in {@code directory}; empty when the restore ended before it was first
   * written.
   */
  static Optional<JournalFile> read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(JSON.readTree(Files.readAllBytes(file))));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED,
              "read restore journal",
              file,
              "it cannot be understood")
          .withHint("it was written by a newer tacvault: use that one to run: tacvault recover")
          .withCause(e);
    }
  }

  private static JournalFile parse(JsonNode root) {
    if (root.path("version").asInt() != VERSION) {
      throw new IllegalArgumentException("version " + root.path("version"));
    }
    List<JournalStep> steps = new ArrayList<>();
    for (JsonNode node : root.path("steps")) {
      String kept = node.path("kept").asString("");
      steps.add(
          new JournalStep(
              constant(Component.class, node.path("component").asString()),
              node.path("member").asString(),
              constant(EntryType.class, node.path("type").asString()),
              Path.of(node.path("live").asString()),
              kept.isEmpty() ? null : constant(Source.Kept.class, kept),
              mark(node)));
    }
    return new JournalFile(
        root.path("execution_id").asString(),
        Instant.parse(root.path("started_at").asString()),
        constant(JournalState.class, root.path("state").asString()),
        List.copyOf(steps),
        hold(root),
        root.path("undone_by").asString(null),
        root.path("server_controlled").asBoolean(false));
  }

  private static @Nullable Hold hold(JsonNode root) {
    return root.has("deadline")
        ? new Hold(
            Instant.parse(root.path("held_since").asString()),
            Instant.parse(root.path("deadline").asString()))
        : null;
  }

  private static @Nullable HistoryMark mark(JsonNode step) {
    if (!step.has(MARK)) {
      return null;
    }
    SortedMap<String, Long> numbers = new TreeMap<>();
    step.path(MARK).forEachEntry((table, number) -> numbers.put(table, number.asLong()));
    return new HistoryMark(numbers);
  }

  private static @Nullable String idOf(Source.@Nullable Kept kept) {
    return kept == null ? null : kept.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String id) {
    return Enum.valueOf(type, id.toUpperCase(Locale.ROOT));
  }
}
