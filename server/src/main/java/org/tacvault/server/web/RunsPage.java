package org.tacvault.server.web;

import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
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
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.error.EngineException;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.api.archive.ArchiveChoice;
import org.tacvault.server.api.archive.Verifications;
import org.tacvault.server.api.destination.RetentionRules;
import org.tacvault.server.api.execution.Executions;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.run.BackupRuns;
import org.tacvault.server.security.Caller;

/** Runs: what is under way, what became of the others, and the same once more. */
@Controller
@RequestMapping("/admin/backup/runs")
class RunsPage {
  private static final String RUN = "redirect:/admin/backup/runs/";

  private final BackupEngine engine;
  private final Executions executions;
  private final DestinationLookup lookup;
  private final BackupRuns backups;
  private final Verifications verifications;
  private final RetentionRules retention;
  private final ArchiveChoice archives;

  RunsPage(
      BackupEngine engine,
      Executions executions,
      DestinationLookup lookup,
      BackupRuns backups,
      Verifications verifications,
      RetentionRules retention,
      ArchiveChoice archives) {
    this.engine = engine;
    this.executions = executions;
    this.lookup = lookup;
    this.backups = backups;
    this.verifications = verifications;
    this.retention = retention;
    this.archives = archives;
  }

  @GetMapping
  String list(
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    ExecutionFilter all =
        ExecutionFilter.newest()
            .withKind(kind.isEmpty() ? null : ExecutionKind.of(kind))
            .withStatus(status.isEmpty() ? null : ExecutionStatus.of(status));
    long total = engine.catalog().count(all);
    int number = PageOf.nearest(page, total);
    List<Execution> part =
        engine.catalog().list(all.withPage(PageOf.SIZE, (number - 1) * PageOf.SIZE));
    model.addAttribute("page", new PageOf<>(part, number, PageOf.pages(total), total));
    model.addAttribute("kind", kind);
    model.addAttribute("status", status);
    model.addAttribute("link", "/admin/backup/runs?kind=" + kind + "&status=" + status + "&");
    return "runs";
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, Model model) {
    Execution run = fill(id, model);
    model.addAttribute("reloads", run.status() == ExecutionStatus.RUNNING);
    model.addAttribute("destination", destination(run));
    model.addAttribute("undoable", isUndoable(run));
    model.addAttribute("repeatable", isRepeatable(run));
    model.addAttribute("curl", Curl.plain("GET", "/executions/" + id));
    return "run";
  }

  /** The part of the page that moves; when the run has ended, the whole page is to be seen anew. */
  @GetMapping("/{id}/progress")
  String progress(@PathVariable String id, Model model, HttpServletResponse response) {
    if (fill(id, model).status() != ExecutionStatus.RUNNING) {
      response.setHeader("HX-Refresh", "true");
    }
    return "run :: progress";
  }

  @PostMapping("/{id}/cancel")
  String cancel(@PathVariable String id, RedirectAttributes next) {
    executions.cancel(id);
    next.addFlashAttribute("done", "Asked to stop: it ends at the next safe place.");
    return RUN + id;
  }

  /** The same once more, as far as nothing that only its first request had is needed. */
  @PostMapping("/{id}/again")
  String again(@PathVariable String id, Principal principal) {
    Execution run = executions.get(id);
    if (!isRepeatable(run)) {
      throw ApiException.badRequest("This run cannot be done again from here.");
    }
    String by = Caller.of(principal).triggeredBy();
    String destination = Objects.requireNonNull(run.request().destinationId());
    return RUN
        + switch (run.kind()) {
          case VERIFY ->
              verifications
                  .start(
                      destination,
                      Objects.requireNonNull(run.result().backupPath()),
                      archives.keys(null, null),
                      by)
                  .executionId();
          case RETENTION -> retention.apply(destination, by).executionId();
          default ->
              backups
                  .start(lookup.get(destination), BackupType.MANUAL, by, run.request().comment())
                  .executionId();
        };
  }

  private Execution fill(String id, Model model) {
    Execution run = executions.get(id);
    model.addAttribute("run", run);
    model.addAttribute("progress", executions.progress(run).orElse(null));
    return run;
  }

  private @Nullable DestinationRecord destination(Execution run) {
    String id = run.request().destinationId();
    return id == null ? null : engine.catalog().destinations().find(id).orElse(null);
  }

  private static boolean isRepeatable(Execution run) {
    boolean isOver = run.status() != ExecutionStatus.RUNNING;
    boolean isKnown = run.kind() != ExecutionKind.VERIFY || run.result().backupPath() != null;
    return isOver
        && isKnown
        && run.kind() != ExecutionKind.RESTORE
        && run.request().destinationId() != null;
  }

  private boolean isUndoable(Execution run) {
    if (run.kind() != ExecutionKind.RESTORE || run.status() == ExecutionStatus.RUNNING) {
      return false;
    }
    try {
      return engine.restores().undoTarget().restore().id().equals(run.id());
    } catch (EngineException e) {
      // There is nothing to take back.
      return false;
    }
  }
}
