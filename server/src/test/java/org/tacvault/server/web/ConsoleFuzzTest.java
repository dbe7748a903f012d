package org.tacvault.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.server.LiveService.BACKUP;
import static org.tacvault.server.api.Api.query;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import org.tacvault.server.api.Api;

/**
 * Asks every page for what no page links to, and sends every form as no page does. Each form has
 * something that keeps it from being carried out; nothing may change, and nothing may be the
 * service's fault.
 */
class ConsoleFuzzTest {
  private static final String CONSOLE = "/admin/backup";
  private static final String SCRIPT = "<script>alert(1)</script>";

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "../../etc/passwd",
          "' OR 1=1 --",
          SCRIPT,
          "\u0000x",
          "ü東京",
          "-1",
          "99999999999999999999",
          "{{7*7}}",
          "%00",
          "x".repeat(5_000));

  private static final Map<String, String> PAGES =
      Map.of(
          "/backups", "page sort verified destination type encrypted pinned instance",
          "/backups/detail", "destination_id backup_path",
          "/restore", "page destination instance",
          "/restore/options", "destination_id backup_path components history",
          "/runs", "page kind status destination",
          "/audit", "page who action outcome since until",
          "/destinations/new", "type",
          "/schedules/new", "destination every",
          "/schedules/preview", "every time weekday day custom zone");

  private static final Set<String> POISONS = Set.of("/proc/1/no", "poison", "wrong");

  @TempDir Path directory;
  private final List<String> faults = new ArrayList<>();
  private LiveService service;
  private String id;

  @BeforeEach
  void start() {
    service = LiveService.start(directory.resolve("home"));
    Api api = new Api(service);
    id = api.destination("one", directory.resolve("one"));
    api.backup(id);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void nothingHostileIsTheServicesFaultNorChangesAnything() {
    String before = state();
    PAGES.forEach(
        (page, names) -> {
          for (String name : names.split(" ")) {
            HOSTILE.forEach(text -> send("GET", page + "?" + name + "=" + query(text), ""));
          }
        });
    for (String path : List.of("/runs/%s", "/runs/%s/progress", "/destinations/%s/edit")) {
      HOSTILE.stream()
          .filter(text -> !text.isBlank())
          .forEach(text -> send("GET", path.formatted(query(text)), ""));
    }
    forms().forEach(this::everyFieldOf);
    assertThat(faults).isEmpty();
    assertThat(state()).isEqualTo(before);
  }

  private Map<String, Map<String, String>> forms() {
    Map<String, Map<String, String>> forms = new LinkedHashMap<>();
    String none = "destination_id=" + query(id) + "&backup_path=none.tar.gz&";
    String nowhere = "name=n&config.base_path=/proc/1/no&";
    forms.put("/backups/pin", form(none + "reason=r"));
    forms.put("/backups/unpin", form(none));
    forms.put("/backups/delete", form(none + "name=x"));
    forms.put("/backups/now", form("destination_id=none&comment=c"));
    forms.put("/restore/plan", form(none + "components=users&history=replace&within=10m"));
    forms.put("/restore/run", form(none + "components=users&name=wrong&within=10m"));
    forms.put("/restore/undo", form("name=wrong"));
    forms.put("/destinations/new", form(nowhere + "type=local"));
    forms.put("/destinations/" + id + "/edit", form(nowhere));
    forms.put("/destinations/" + id + "/retention", form("strategy=poison&keep_days=1"));
    forms.put(
        "/schedules/new", form("name=j&destination=none&every=day&time=02:00&day=1&zone=UTC"));
    forms.put("/schedules/none/run", form(""));
    forms.put("/runs/none/cancel", form(""));
    forms.put("/settings/sessions/none/end", form(""));
    return forms;
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String field : text.split("&")) {
      if (!field.isEmpty()) {
        form.put(field.split("=", 2)[0], field.split("=", 2)[1]);
      }
    }
    return form;
  }

  /** Without it, and with every hostile text in its place; a poison stays. */
  private void everyFieldOf(String path, Map<String, String> form) {
    send("POST", path, "");
    for (String name : form.keySet()) {
      if (POISONS.contains(form.get(name))) {
        continue;
      }
      Map<String, String> changed = new LinkedHashMap<>(form);
      changed.remove(name);
      send("POST", path, encoded(changed));
      for (String text : HOSTILE) {
        changed.put(name, query(text));
        send("POST", path, encoded(changed));
      }
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("&"));
  }

  private void send(String method, String path, String form) {
    Answer answer =
        service.send(
            method,
            CONSOLE + path,
            BodyPublishers.ofString(form),
            "Content-Type",
            "application/x-www-form-urlencoded");
    if (answer.status() >= 500 || answer.body().contains(SCRIPT)) {
      faults.add(answer.status() + " to " + method + " " + path + " " + form);
    }
  }

  private String state() {
    return List.of("/destinations", "/executions?kind=all", "/list", "/schedule").stream()
        .map(path -> service.get(BACKUP + path).body())
        .collect(Collectors.joining("\n"));
  }
}
