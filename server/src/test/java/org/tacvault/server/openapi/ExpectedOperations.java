package org.tacvault.server.openapi;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the API must offer; {@code {}} stands for any variable. */
final class ExpectedOperations {
  private static final String BACKUP = "/api/admin/backup";

  private static final List<String> PYTHON_SERVER =
      List.of(
          "POST /destinations",
          "GET /destinations",
          "GET /destinations/{}",
          "PUT /destinations/{}",
          "DELETE /destinations/{}",
          "POST /destinations/{}/test",
          "POST /trigger",
          "GET /executions",
          "GET /executions/{}",
          "GET /list",
          "POST /restore",
          "GET /schedule",
          "POST /schedule",
          "DELETE /schedule/{}",
          "POST /schedule/{}/pause",
          "POST /schedule/{}/resume",
          "POST /schedule/{}/trigger",
          "PUT /destinations/{}/retention",
          "POST /destinations/{}/apply-retention",
          "GET /download",
          "POST /upload",
          "DELETE /backups",
          "GET /stats");

  private static final List<String> OURS =
      List.of(
          "GET /backups",
          "POST /backups/restore",
          "GET /schedules",
          "POST /schedules",
          "GET /executions/{}/events",
          "DELETE /executions/{}",
          "POST /restore/preview",
          "POST /verify",
          "GET /config",
          "POST /destinations/test",
          "POST /schedule/preview",
          "GET /audit");

  private static final List<String> BESIDE =
      List.of(
          "GET /health",
          "GET /api/health",
          "GET /api/status",
          "GET /ready",
          "GET /metrics",
          "POST /admin/login",
          "GET /admin/login",
          "POST /admin/logout",
          "GET /api/admin/audit",
          "GET /api/admin/sessions",
          "DELETE /api/admin/sessions/{}",
          "POST /api/admin/sessions/logout-others");

  private ExpectedOperations() {}

  static Set<String> all() {
    Set<String> all = new LinkedHashSet<>(BESIDE);
    PYTHON_SERVER.forEach(operation -> all.add(below(operation)));
    OURS.forEach(operation -> all.add(below(operation)));
    return all;
  }

  private static String below(String operation) {
    return operation.replace(" /", " " + BACKUP + "/");
  }
}
