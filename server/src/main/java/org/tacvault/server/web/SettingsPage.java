package org.tacvault.server.web;

import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.config.ConfigView;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.error.EngineException;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.security.AdminSessions;
import org.tacvault.server.security.Caller;

/** How the service is set up, how archives are encrypted, and who is logged in. */
@Controller
@RequestMapping("/admin/backup/settings")
class SettingsPage {
  private static final String SETTINGS = "redirect:/admin/backup/settings";

  private final BackupEngine engine;
  private final AdminSessions sessions;

  SettingsPage(BackupEngine engine, AdminSessions sessions) {
    this.engine = engine;
    this.sessions = sessions;
  }

  @GetMapping
  String show(Principal principal, Model model) {
    model.addAttribute("home", engine.home().root().toString());
    model.addAttribute("lines", lines(model));
    model.addAttribute("encryption", encryption());
    model.addAttribute("sheet", "tacvault recovery-sheet --home " + Curl.quoted(home()));
    model.addAttribute("sessions", sessions.list());
    model.addAttribute("current", Caller.of(principal).sessionId());
    return "settings";
  }

  @PostMapping("/sessions/{id}/end")
  String end(@PathVariable String id, RedirectAttributes next) {
    if (!sessions.endById(id)) {
      throw ApiException.notFound("Session not found");
    }
    next.addFlashAttribute("done", "The session has ended.");
    return SETTINGS;
  }

  @PostMapping("/sessions/end-others")
  String endOthers(Principal principal, RedirectAttributes next) {
    int ended = sessions.endOthers(Caller.of(principal).sessionId());
    next.addFlashAttribute("done", ended + " other sessions have ended.");
    return SETTINGS;
  }

  private String home() {
    return engine.home().root().toString();
  }

  private List<ConfigView.Line> lines(Model model) {
    try {
      TacacsConfig config = engine.config();
      model.addAttribute("file", config.home().configFile().toString());
      return ConfigView.backupLines(config);
    } catch (EngineException e) {
      model.addAttribute("problem", Problem.of(e));
      return List.of();
    }
  }

  /** In words; null when the configuration cannot be read. */
  private @Nullable String encryption() {
    return engine
        .readableServer()
        .flatMap(ServerContext::validSettings)
        .map(SettingsPage::words)
        .orElse(null);
  }

  private static String words(BackupConfig settings) {
    if (!settings.encryptionEnabled()) {
      return "off";
    }
    int keys = settings.encryptionRecipients().size();
    return keys == 0
        ? "by passphrase"
        : "to " + keys + (keys == 1 ? " public key" : " public keys");
  }
}
