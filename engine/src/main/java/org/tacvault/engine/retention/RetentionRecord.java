package org.tacvault.engine.retention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.destination.StoredArchive;
import tools.jackson.databind.json.JsonMapper;

/** What the catalog keeps of a retention run: every path that is gone, and what could not go. */
final class RetentionRecord {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private RetentionRecord() {}

  static ExecutionResult of(RetentionReport report, List<String> retried) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("deleted", report.deleted().stream().map(StoredArchive::path).toList());
    json.put("kept", report.kept().size());
    json.put("failed", report.failures().stream().map(it -> it.archive().path()).toList());
    return new ExecutionResult(
        null,
        null,
        null,
        null,
        null,
        MAPPER.writeValueAsString(json),
        null,
        warnings(report, retried),
        Map.of(),
        null,
        List.of());
  }

  private static List<String> warnings(RetentionReport report, List<String> retried) {
    Stream<String> failures =
        report.failures().stream()
            .map(failure -> "could not be deleted: " + failure.error().getMessage());
    return Stream.concat(failures, retried.stream()).toList();
  }
}
