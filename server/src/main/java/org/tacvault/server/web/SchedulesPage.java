package org.tacvault.server.web;

import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.schedule.Job;
import org.tacvault.server.api.schedule.ScheduleViews;
import org.tacvault.server.api.schedule.ScheduledJobs;
import org.tacvault.server.security.Caller;

/** Jobs: built from everyday words, previewed, paused, run now. */
@Controller
@RequestMapping("/admin/backup/schedules")
class SchedulesPage {
  private static final String LIST = "redirect:/admin/backup/schedules";
  private static final String DONE = "done";
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss zzz", Locale.ROOT);

  private final BackupEngine engine;
  private final ScheduledJobs jobs;

  SchedulesPage(BackupEngine engine, ScheduledJobs jobs) {
    this.engine = engine;
    this.jobs = jobs;
  }

  /** A run to come, in the zone of the schedule and in UTC. */
  record Run(String local, String utc) {}

  @GetMapping
  String list(Model model) {
    List<Job> all = jobs.list();
    Map<String, String> names = new HashMap<>();
    engine.catalog().destinations().list().forEach(row -> names.put(row.id(), row.name()));
    model.addAttribute("jobs", all);
    model.addAttribute("names", names);
    model.addAttribute("attended", jobs.isRunning());
    return "schedules";
  }

  @GetMapping("/new")
  String empty(@ModelAttribute("form") ScheduleForm form, Model model) {
    return form(model);
  }

  /** The part of the form that says what was built. */
  @GetMapping("/preview")
  String preview(@ModelAttribute("form") ScheduleForm form, Model model) {
    try {
      preview(model, jobs.preview(form.wish()));
    } catch (RuntimeException e) {
      model.addAttribute("refused", Problem.of(e));
    }
    return "schedule-form :: preview";
  }

  /** Stores a job, or shows its next runs when that was asked for. */
  @PostMapping("/new")
  String add(
      @ModelAttribute("form") ScheduleForm form,
      @RequestParam Map<String, String> sent,
      Principal principal,
      Model model,
      HttpServletResponse response,
      RedirectAttributes next) {
    try {
      if (sent.containsKey("look")) {
        preview(model, jobs.preview(form.wish()));
        return form(model);
      }
      Job job = jobs.add(form.wish(), Caller.of(principal).name());
      next.addFlashAttribute(DONE, "Stored: " + job.id() + ", " + job.schedule().words());
      return LIST;
    } catch (RuntimeException e) {
      Problem problem = Problem.of(e);
      model.addAttribute("problem", problem);
      response.setStatus(problem.status().value());
      return form(model);
    }
  }

  @PostMapping("/{id}/run")
  String run(@PathVariable String id, Principal principal) {
    return "redirect:/admin/backup/runs/" + jobs.trigger(id, Caller.of(principal).triggeredBy());
  }

  @PostMapping("/{id}/pause")
  String pause(@PathVariable String id, RedirectAttributes next) {
    jobs.pause(id);
    next.addFlashAttribute(DONE, "Paused: " + id);
    return LIST;
  }

  @PostMapping("/{id}/resume")
  String resume(@PathVariable String id, RedirectAttributes next) {
    jobs.resume(id);
    next.addFlashAttribute(DONE, "Runs again: " + id);
    return LIST;
  }

  @PostMapping("/{id}/delete")
  String delete(@PathVariable String id, RedirectAttributes next) {
    jobs.remove(id);
    next.addFlashAttribute(DONE, "Forgotten: " + id + ". Its backups stay.");
    return LIST;
  }

  private String form(Model model) {
    model.addAttribute("destinations", engine.destinations().enabled());
    model.addAttribute("zones", ZoneId.getAvailableZoneIds().stream().sorted().toList());
    return "schedule-form";
  }

  private static void preview(Model model, ScheduleViews.Previewed previewed) {
    ZoneId zone = ZoneId.of(previewed.timeZone());
    model.addAttribute("preview", previewed);
    model.addAttribute(
        "runs",
        previewed.nextRuns().stream()
            .map(
                run ->
                    new Run(
                        LOCAL.format(run.atZone(zone)), LOCAL.format(run.atZone(ZoneId.of("UTC")))))
            .toList());
  }
}
