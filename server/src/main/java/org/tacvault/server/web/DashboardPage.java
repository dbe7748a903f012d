package org.tacvault.server.web;

import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.tacvault.engine.BackupEngine;
import org.tacvault.server.error.ApiException;

/** The first page: how it is, and what to do next. */
@Controller
class DashboardPage {
  private final Dashboard dashboard;
  private final BackupEngine engine;

  DashboardPage(Dashboard dashboard, BackupEngine engine) {
    this.dashboard = dashboard;
    this.engine = engine;
  }

  @GetMapping({"/admin", "/admin/", "/admin/backup"})
  String show(Model model) {
    List<Dashboard.Step> steps = dashboard.steps();
    List<Dashboard.Point> points = dashboard.points();
    model.addAttribute("health", dashboard.health());
    model.addAttribute("good", dashboard.lastGood().orElse(null));
    model.addAttribute("next", dashboard.next().orElse(null));
    model.addAttribute("recent", dashboard.recent());
    model.addAttribute("destinations", engine.destinations().enabled());
    model.addAttribute("histories", dashboard.histories());
    model.addAttribute("statistics", engine.catalog().statistics());
    model.addAttribute("steps", steps);
    model.addAttribute("open", steps.stream().filter(step -> !step.done()).count());
    model.addAttribute("points", points);
    if (points.size() > 1) {
      model.addAttribute("sizes", Trend.of(points, Dashboard.Point::sizeBytes));
      model.addAttribute("durations", Trend.of(points, Dashboard.Point::millis));
    }
    return "dashboard";
  }

  /** What is no page is said by a page. */
  @GetMapping("/admin/backup/**")
  String nothing() {
    throw ApiException.notFound("There is no such page.");
  }
}
