package org.tacvault.server.api.backup;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.server.api.ApiPaths;

/** What the destinations hold; they are asked, not the catalog. */
@RestController
@Tag(name = "Backups")
class ListController {
  private final StoredBackups backups;

  ListController(StoredBackups backups) {
    this.backups = backups;
  }

  /**
   * Lists one destination, or all enabled ones. That one of several cannot be listed is told beside
   * what the others hold.
   */
  @GetMapping({ApiPaths.BACKUP + "/list", ApiPaths.BACKUP + "/backups"})
  @Operation(operationId = "listBackups", summary = "List what is stored")
  BackupViews.All list(
      @RequestParam(name = "destination_id", required = false) @Nullable String destinationId) {
    return backups.list(destinationId);
  }
}
