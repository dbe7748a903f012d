package org.tacvault.server.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.Version;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.server.security.Caller;

/** What every page shows around its content. */
@ControllerAdvice(basePackageClasses = ConsoleModel.class)
class ConsoleModel {
  private static final int NAME_END = 3;

  private final Formats formats;
  private final BackupEngine engine;

  ConsoleModel(Formats formats, BackupEngine engine) {
    this.formats = formats;
    this.engine = engine;
  }

  @ModelAttribute("f")
  Formats formats() {
    return formats;
  }

  @ModelAttribute("user")
  String user(HttpServletRequest request) {
    return Caller.of(request).map(Caller::name).orElse("");
  }

  @ModelAttribute("instance")
  String instance() {
    return engine.instanceName().orElse("this server");
  }

  @ModelAttribute("version")
  String version() {
    return Version.current();
  }

  /** Which part of the console this is, as in the path after {@code /admin/backup/}. */
  @ModelAttribute("section")
  String section(HttpServletRequest request) {
    String[] parts = request.getRequestURI().split("/");
    return parts.length > NAME_END ? parts[NAME_END] : "dashboard";
  }

  /** A restore that goes back unless it is kept; every page says so. */
  @ModelAttribute("held")
  @Nullable HeldRestore held() {
    return engine.heldRestores().find().orElse(null);
  }
}
