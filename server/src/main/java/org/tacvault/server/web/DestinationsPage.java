package org.tacvault.server.web;

import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.api.destination.DestinationChanges;
import org.tacvault.server.api.destination.DestinationRequests;
import org.tacvault.server.api.destination.DestinationViews;
import org.tacvault.server.api.destination.RetentionRules;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.security.Caller;

/** Where archives go: added by a form for each type, tested, changed, and what is kept there. */
@Controller
@RequestMapping("/admin/backup/destinations")
class DestinationsPage {
  private static final String LIST = "redirect:/admin/backup/destinations";
  private static final String DONE = "done";
  private static final String FORM = "destination-form";

  private final BackupEngine engine;
  private final DestinationLookup lookup;
  private final DestinationChanges changes;
  private final RetentionRules rules;

  DestinationsPage(
      BackupEngine engine,
      DestinationLookup lookup,
      DestinationChanges changes,
      RetentionRules rules) {
    this.engine = engine;
    this.lookup = lookup;
    this.changes = changes;
    this.rules = rules;
  }

  @GetMapping
  String list(Model model) {
    Map<DestinationRecord, String> keeps = new LinkedHashMap<>();
    engine
        .catalog()
        .destinations()
        .list()
        .forEach(row -> keeps.put(row, DestinationViews.ruleInWords(row)));
    model.addAttribute("keeps", keeps);
    return "destinations";
  }

  @GetMapping("/new")
  String empty(@RequestParam(defaultValue = "local") String type, Model model) {
    Map<String, String> initial = new LinkedHashMap<>();
    DestinationFields.of(type)
        .forEach(field -> initial.put("config." + field.name(), field.initial()));
    return form(model, new DestinationForm(type, initial), null);
  }

  /** Tests what was typed, or stores it when that was asked for; what was typed stays. */
  @PostMapping("/new")
  String add(
      @RequestParam Map<String, String> sent,
      Principal principal,
      Model model,
      HttpServletResponse response,
      RedirectAttributes next) {
    DestinationForm typed = new DestinationForm(sent.getOrDefault("type", "local"), sent);
    try {
      if (sent.containsKey("test")) {
        return tested(model, typed, typed.config(null), null);
      }
      DestinationRequests.New wish =
          new DestinationRequests.New(typed.name(), typed.type(), typed.config(null), null);
      DestinationRecord row = changes.add(wish, Caller.of(principal).name());
      next.addFlashAttribute(DONE, "Added; the connection test passed.");
      return LIST + "/" + row.id();
    } catch (RuntimeException e) {
      return failed(model, typed, null, e, response);
    }
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, Model model) {
    DestinationRecord row = lookup.get(id);
    model.addAttribute("row", row);
    model.addAttribute("config", masked(row));
    model.addAttribute("keeps", DestinationViews.ruleInWords(row));
    model.addAttribute("editable", !DestinationFields.of(row.type()).isEmpty());
    model.addAttribute("curl", Curl.plain("POST", "/destinations/" + row.id() + "/test"));
    return "destination";
  }

  @GetMapping("/{id}/edit")
  String edit(@PathVariable String id, Model model) {
    DestinationRecord row = lookup.get(id);
    Map<String, String> now = new LinkedHashMap<>(Map.of("name", row.name()));
    masked(row).forEach((key, value) -> now.put("config." + key, String.valueOf(value)));
    DestinationFields.of(row.type()).stream()
        .filter(DestinationField::isSecret)
        .forEach(field -> now.put("config." + field.name(), ""));
    return form(model, new DestinationForm(row.type(), now), row);
  }

  @PostMapping("/{id}/edit")
  String change(
      @PathVariable String id,
      @RequestParam Map<String, String> sent,
      Model model,
      HttpServletResponse response,
      RedirectAttributes next) {
    DestinationRecord row = lookup.get(id);
    DestinationForm typed = new DestinationForm(row.type(), sent);
    try {
      if (sent.containsKey("test")) {
        return tested(model, typed, typed.config(masked(row)), row);
      }
      changes.change(
          row.id(),
          new DestinationRequests.Change(
              typed.name(), null, null, typed.config(masked(row)), null, null));
      next.addFlashAttribute(DONE, "Changed; the connection test passed.");
      return LIST + "/" + row.id();
    } catch (RuntimeException e) {
      return failed(model, typed, row, e, response);
    }
  }

  @PostMapping("/{id}/test")
  String test(@PathVariable String id, Model model) {
    model.addAttribute("tested", changes.test(id));
    return show(id, model);
  }

  @PostMapping("/{id}/{turn:enable|disable}")
  String turn(@PathVariable String id, @PathVariable String turn) {
    boolean enabled = turn.equals("enable");
    changes.change(id, new DestinationRequests.Change(null, null, enabled, null, null, null));
    return LIST + "/" + lookup.get(id).id();
  }

  @PostMapping("/{id}/delete")
  String delete(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String sure,
      RedirectAttributes next) {
    if (!sure.equals("yes")) {
      throw ApiException.badRequest("Tick 'Yes, delete it' to delete this destination.");
    }
    changes.delete(id);
    next.addFlashAttribute(DONE, "Deleted. Its archives stay where they are.");
    return LIST;
  }

  /** Shows what a rule, the stored one when none is sent, would delete, and why. */
  @GetMapping("/{id}/retention")
  String retention(
      @PathVariable String id,
      @RequestParam Map<String, String> sent,
      Model model,
      HttpServletResponse response) {
    DestinationRecord row = lookup.get(id);
    RuleForm rule = sent.containsKey("strategy") ? RuleForm.of(sent) : RuleForm.of(row);
    model.addAttribute("row", row);
    model.addAttribute("rule", rule);
    model.addAttribute("stored", DestinationViews.ruleInWords(row));
    try {
      model.addAttribute(
          "plan",
          sent.containsKey("strategy") ? rules.plan(id, rule.wish()) : rules.plan(row.id()));
    } catch (RuntimeException e) {
      Problem problem = Problem.of(e);
      model.addAttribute("problem", problem);
      response.setStatus(problem.status().value());
    }
    return "retention";
  }

  @PostMapping("/{id}/retention")
  String keep(
      @PathVariable String id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
    DestinationRecord row = lookup.get(id);
    rules.set(row.id(), RuleForm.of(sent).wish());
    next.addFlashAttribute(DONE, "The rule is stored. It is applied after each good backup.");
    return LIST + "/" + row.id() + "/retention";
  }

  @PostMapping("/{id}/retention/apply")
  String apply(@PathVariable String id, Principal principal) {
    String by = Caller.of(principal).triggeredBy();
    return "redirect:/admin/backup/runs/" + rules.apply(lookup.get(id).id(), by).executionId();
  }

  private String tested(
      Model model,
      DestinationForm typed,
      Map<String, Object> config,
      @Nullable DestinationRecord row) {
    model.addAttribute(
        "tested",
        changes.test(
            new DestinationRequests.Trial(typed.type(), config, row == null ? null : row.id())));
    return form(model, typed, row);
  }

  private String failed(
      Model model,
      DestinationForm typed,
      @Nullable DestinationRecord row,
      RuntimeException failure,
      HttpServletResponse response) {
    Problem problem = Problem.of(failure);
    model.addAttribute("problem", problem);
    response.setStatus(problem.status().value());
    return form(model, typed, row);
  }

  private String form(Model model, DestinationForm typed, @Nullable DestinationRecord row) {
    model.addAttribute("types", DestinationFields.described(engine.destinations().types()));
    model.addAttribute("fields", DestinationFields.of(typed.type()));
    model.addAttribute("form", typed);
    model.addAttribute("row", row);
    return FORM;
  }

  private Map<String, Object> masked(DestinationRecord row) {
    return engine.catalog().destinations().masked(row);
  }
}
