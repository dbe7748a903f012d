package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.catalog.AuditEvent;
import org.tacvault.engine.catalog.Catalog;
import tools.jackson.databind.JsonNode;

class AuditCommandTest {
  @TempDir Path home;

  @Test
  void listsWhoDidWhatAndWhoWasRefused() {
    HomeRun server = HomeRun.create(home, "");
    assertThat(server.run("audit").out()).isEqualTo("Nothing was done with the service yet\n");
    Catalog catalog = Catalog.open(home.resolve("data/backup_executions.db"));
    catalog.audit().add(event("admin", "DELETE /api/admin/backup/destinations/{id}", 200, 1));
    catalog.audit().add(event("anonymous", "POST /admin/login", 401, 12));
    assertThat(server.run("audit").out())
        .containsPattern("anonymous +192.0.2.1 +POST /admin/login +401 \\(12 times\\)")
        .containsPattern("admin +192.0.2.1 +DELETE /api/admin/backup/destinations/\\{id} +200");
    JsonNode denied = server.json(0, "audit", "--outcome", "denied");
    assertThat(denied.path("total").asInt()).isEqualTo(1);
    assertThat(denied.at("/events/0/who").asString()).isEqualTo("anonymous");
    assertThat(server.json(0, "audit", "--who", "admin").path("total").asInt()).isEqualTo(1);
    assertThat(server.json(0, "audit", "--action", "login").path("total").asInt()).isEqualTo(1);
    assertThat(server.run("audit", "--limit", "0").exitCode()).isEqualTo(2);
    assertThat(server.run("audit", "--outcome", "lost").exitCode()).isEqualTo(2);
  }

  private static AuditEvent event(String actor, String action, int status, int times) {
    return new AuditEvent(
        HomeRun.NOW, actor, "192.0.2.1", null, action, null, status, null, null, null, times);
  }
}
