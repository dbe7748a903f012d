package org.tacvault.server.web;

import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.RestorePlan;
import org.tacvault.server.api.restore.Restores;
import org.tacvault.server.api.restore.UndoWish;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.security.Caller;

/** The restore wizard: choose, say what of it, see what would change, confirm by name. */
@Controller
@RequestMapping("/admin/backup/restore")
class RestorePage {
  private static final String RUN = "redirect:/admin/backup/runs/";

  private final BackupEngine engine;
  private final BackupRows rows;
  private final Restores restores;

  RestorePage(BackupEngine engine, BackupRows rows, Restores restores) {
    this.engine = engine;
    this.rows = rows;
    this.restores = restores;
  }

  @GetMapping
  String choose(
      @RequestParam(defaultValue = "") String destination,
      @RequestParam(defaultValue = "") String instance,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    BackupRows.Wish wish =
        new BackupRows.Wish(destination, "", instance, "", "", "", "taken", "desc");
    BackupRows.Found found = rows.find(wish);
    model.addAttribute("wish", wish);
    model.addAttribute("page", PageOf.of(found.rows(), page));
    model.addAttribute("errors", found.errors());
    model.addAttribute("destinations", engine.destinations().enabled());
    return "restore";
  }

  @GetMapping("/options")
  String options(@ModelAttribute("form") RestoreForm form, Model model) {
    form.requireBackup();
    return options(model);
  }

  /** Fetches, decrypts and verifies the whole archive, and compares it with what is live. */
  @PostMapping("/plan")
  String plan(
      @ModelAttribute("form") RestoreForm form,
      Principal principal,
      Model model,
      HttpServletResponse response) {
    form.requireBackup();
    try {
      fill(model, restores.plan(form.wish(), Caller.of(principal).triggeredBy()), form);
      return "restore-plan";
    } catch (RuntimeException e) {
      Problem problem = Problem.of(e);
      response.setStatus(problem.status().value());
      model.addAttribute("problem", problem);
      return options(model);
    }
  }

  @PostMapping("/run")
  String run(
      @ModelAttribute("form") RestoreForm form,
      @RequestParam(defaultValue = "") String name,
      Principal principal,
      Model model,
      HttpServletResponse response) {
    form.requireBackup();
    String by = Caller.of(principal).triggeredBy();
    if (!name.strip().equals(instance())) {
      fill(model, restores.plan(form.wish(), by), form);
      model.addAttribute("wrong", "Type the name of the instance exactly: " + instance());
      response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
      return "restore-plan";
    }
    return RUN + restores.start(form.wish(), by).executionId();
  }

  /** Takes the last restore back from its emergency backup. */
  @PostMapping("/undo")
  String undo(@RequestParam(defaultValue = "") String name, Principal principal) {
    if (!name.strip().equals(instance())) {
      throw ApiException.badRequest("Type the name of the instance exactly: " + instance());
    }
    UndoWish wish = new UndoWish(null, true, false, null, null);
    return RUN + restores.startUndo(wish, Caller.of(principal).triggeredBy()).executionId();
  }

  @PostMapping("/keep")
  String keep(Principal principal, RedirectAttributes next) {
    String id = engine.heldRestores().keep(Caller.of(principal).triggeredBy()).executionId();
    next.addFlashAttribute("done", "The restore is kept.");
    return RUN + id;
  }

  /** Ends the waiting of a restore that was not kept yet: all becomes as it was before it. */
  @PostMapping("/back")
  String back(Principal principal, RedirectAttributes next) {
    engine
        .heldRestores()
        .goBack(Caller.of(principal).triggeredBy())
        .orElseThrow(
            () -> new ApiException(HttpStatus.CONFLICT, "No restore waits to be kept", null));
    next.addFlashAttribute("done", "The restore was taken back: all is as before it.");
    return "redirect:/admin/backup/runs?kind=restore";
  }

  private String options(Model model) {
    model.addAttribute("components", ids());
    return "restore-options";
  }

  private void fill(Model model, RestorePlan plan, RestoreForm form) {
    model.addAttribute("plan", plan);
    model.addAttribute(
        "curl",
        Curl.json(
            "POST",
            "/restore",
            CurlBody.of(form.backup_path(), form.destination_id(), form.components())));
  }

  private String instance() {
    return engine.instanceName().orElse("this server");
  }

  private static List<String> ids() {
    return Arrays.stream(Component.values()).map(Component::id).toList();
  }
}
