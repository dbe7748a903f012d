package org.tacvault.server.web;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestJson;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.api.archive.ArchiveChoice;
import org.tacvault.server.api.archive.Verifications;
import org.tacvault.server.api.backup.StoredBackups;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.run.BackupRuns;
import org.tacvault.server.security.Caller;

/** What is stored: listed, looked at, made, verified, pinned, deleted. */
@Controller
@RequestMapping("/admin/backup/backups")
class BackupsPage {
  private static final String LIST = "redirect:/admin/backup/backups";
  private static final String RUN = "redirect:/admin/backup/runs/";
  private static final String DONE = "done";

  private final BackupEngine engine;
  private final BackupRows rows;
  private final StoredBackups stored;
  private final DestinationLookup lookup;
  private final BackupRuns runs;
  private final Verifications verifications;
  private final ArchiveChoice archives;

  BackupsPage(
      BackupEngine engine,
      BackupRows rows,
      StoredBackups stored,
      DestinationLookup lookup,
      BackupRuns runs,
      Verifications verifications,
      ArchiveChoice archives) {
    this.engine = engine;
    this.rows = rows;
    this.stored = stored;
    this.lookup = lookup;
    this.runs = runs;
    this.verifications = verifications;
    this.archives = archives;
  }

  @GetMapping
  String list(
      @RequestParam(defaultValue = "") String destination,
      @RequestParam(defaultValue = "") String type,
      @RequestParam(defaultValue = "") String instance,
      @RequestParam(defaultValue = "") String encrypted,
      @RequestParam(defaultValue = "") String pinned,
      @RequestParam(defaultValue = "") String verified,
      @RequestParam(defaultValue = "taken") String sort,
      @RequestParam(defaultValue = "desc") String direction,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    BackupRows.Wish wish =
        new BackupRows.Wish(
            destination, type, instance, encrypted, pinned, verified, sort, direction);
    BackupRows.Found found = rows.find(wish);
    model.addAttribute("wish", wish);
    model.addAttribute("page", PageOf.of(found.rows(), page));
    model.addAttribute("errors", found.errors());
    model.addAttribute("link", link(wish, true));
    model.addAttribute("unsorted", link(wish, false));
    model.addAttribute("destinations", engine.destinations().enabled());
    model.addAttribute("curl", Curl.json("POST", "/trigger", "{}"));
    return "backups";
  }

  @GetMapping("/detail")
  String detail(
      @RequestParam("destination_id") String destinationId,
      @RequestParam("backup_path") String path,
      Model model) {
    DestinationRecord destination = lookup.get(destinationId);
    BackupRows.Wish wish =
        new BackupRows.Wish(destination.id(), "", "", "", "", "", "taken", "desc");
    BackupRows.Row row =
        rows.find(wish).rows().stream()
            .filter(each -> each.backup().path().equals(path))
            .findFirst()
            .orElseThrow(() -> ApiException.notFound("Backup not found"));
    Optional<Execution> made = engine.catalog().findBackup(destination.id(), path);
    model.addAttribute("row", row);
    model.addAttribute("made", made.orElse(null));
    model.addAttribute("manifest", made.map(BackupsPage::manifest).orElse(null));
    model.addAttribute(
        "pin",
        engine.catalog().pins().list(destination.id()).stream()
            .filter(pin -> pin.path().equals(path))
            .findFirst()
            .orElse(null));
    String query =
        UriComponentsBuilder.fromPath("")
            .queryParam("destination_id", "{id}")
            .queryParam("backup_path", "{path}")
            .encode()
            .buildAndExpand(destination.id(), path)
            .toUriString();
    model.addAttribute("query", query);
    model.addAttribute("curl", Curl.plain("GET", "/download" + query) + " -OJ");
    return "backup";
  }

  @PostMapping("/now")
  String make(
      @RequestParam("destination_id") String destinationId,
      @RequestParam(defaultValue = "") String comment,
      Principal principal) {
    return RUN
        + runs.start(
                lookup.get(destinationId),
                BackupType.MANUAL,
                Caller.of(principal).triggeredBy(),
                comment.isBlank() ? null : comment.strip())
            .executionId();
  }

  @PostMapping("/verify")
  String verify(
      @RequestParam("destination_id") String destinationId,
      @RequestParam("backup_path") String path,
      @RequestParam(defaultValue = "") String passphrase,
      @RequestParam(defaultValue = "") String identity,
      Principal principal) {
    Keys keys = archives.keys(Secrets.of(passphrase), Secrets.of(identity));
    String by = Caller.of(principal).triggeredBy();
    return RUN + verifications.start(destinationId, path, keys, by).executionId();
  }

  @PostMapping("/pin")
  String pin(
      @RequestParam("destination_id") String destinationId,
      @RequestParam("backup_path") String path,
      @RequestParam(defaultValue = "") String reason,
      RedirectAttributes next) {
    stored.pin(destinationId, path, reason.isBlank() ? "pinned in the console" : reason.strip());
    next.addFlashAttribute(DONE, "Pinned: no retention removes it.");
    return back(destinationId, path, next);
  }

  @PostMapping("/unpin")
  String unpin(
      @RequestParam("destination_id") String destinationId,
      @RequestParam("backup_path") String path,
      RedirectAttributes next) {
    stored.unpin(destinationId, path);
    next.addFlashAttribute(DONE, "No longer pinned: retention decides about it again.");
    return back(destinationId, path, next);
  }

  /** Deletes what is named once more, so that no slip of a finger does it. */
  @PostMapping("/delete")
  String delete(
      @RequestParam("destination_id") String destinationId,
      @RequestParam("backup_path") String path,
      @RequestParam(defaultValue = "") String sure,
      RedirectAttributes next) {
    if (!sure.equals("yes")) {
      throw ApiException.badRequest("Tick 'Yes, delete it for good' to delete this backup.");
    }
    stored.delete(destinationId, path);
    next.addFlashAttribute(DONE, "Deleted: " + path);
    return LIST;
  }

  private static String back(String destinationId, String path, RedirectAttributes next) {
    next.addAttribute("destination_id", destinationId);
    next.addAttribute("backup_path", path);
    return LIST + "/detail";
  }

  private static String link(BackupRows.Wish wish, boolean sorted) {
    UriComponentsBuilder link =
        UriComponentsBuilder.fromPath("/admin/backup/backups")
            .queryParam("destination", "{a}")
            .queryParam("type", "{b}")
            .queryParam("instance", "{c}")
            .queryParam("encrypted", "{d}")
            .queryParam("pinned", "{e}")
            .queryParam("verified", "{f}");
    if (sorted) {
      link.queryParam("sort", "{g}").queryParam("direction", "{h}");
    }
    return link.encode()
            .buildAndExpand(
                wish.destination(),
                wish.type(),
                wish.instance(),
                wish.encrypted(),
                wish.pinned(),
                wish.verified(),
                wish.sort(),
                wish.direction())
            .toUriString()
        + "&";
  }

  /** Null when this service did not make the backup, or its record is not one of ours. */
  private static @Nullable Manifest manifest(Execution made) {
    String json = made.result().manifestJson();
    try {
      return json == null ? null : ManifestJson.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (EngineException e) {
      return null;
    }
  }
}
