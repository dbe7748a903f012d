package org.tacvault.server.web;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.AuditEvent;
import org.tacvault.engine.catalog.AuditEvent.Outcome;
import org.tacvault.engine.catalog.AuditFilter;
import org.tacvault.engine.catalog.AuditLog;

/** Who did what. */
@Controller
class AuditPage {
  private final BackupEngine engine;

  AuditPage(BackupEngine engine) {
    this.engine = engine;
  }

  @GetMapping("/admin/backup/audit")
  String list(
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String outcome,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    AuditLog log = engine.catalog().audit();
    int total = log.count(filter(who, action, outcome, 0));
    int number = PageOf.nearest(page, total);
    AuditFilter part = filter(who, action, outcome, (number - 1) * PageOf.SIZE);
    model.addAttribute(
        "page", new PageOf<AuditEvent>(log.list(part), number, PageOf.pages(total), total));
    model.addAttribute("who", who);
    model.addAttribute("action", action);
    model.addAttribute("outcome", outcome);
    model.addAttribute("link", link(who, action, outcome));
    return "audit";
  }

  private static AuditFilter filter(String who, String action, String outcome, int offset) {
    return new AuditFilter(
        who.isBlank() ? null : who.strip(),
        action.isBlank() ? null : action.strip(),
        outcome(outcome),
        null,
        null,
        PageOf.SIZE,
        offset);
  }

  private static @Nullable Outcome outcome(String text) {
    return Arrays.stream(Outcome.values())
        .filter(each -> each.id().equals(text))
        .findFirst()
        .orElse(null);
  }

  private static String link(String who, String action, String outcome) {
    return UriComponentsBuilder.fromPath("/admin/backup/audit")
            .queryParam("who", "{a}")
            .queryParam("action", "{b}")
            .queryParam("outcome", "{c}")
            .encode()
            .buildAndExpand(who, action, outcome)
            .toUriString()
        + "&";
  }
}
