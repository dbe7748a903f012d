package org.tacvault.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.server.LiveService;
import org.tacvault.server.api.Api;

/** Takes pictures of all pages into the directory that {@code -Dtacvault.screenshots} names. */
class ScreenshotsTest {
  private static final String DIRECTORY = System.getProperty("tacvault.screenshots", "");

  @TempDir Path home;

  @Test
  void everyPageInBothThemesAndWidths() throws Exception {
    assumeTrue(!DIRECTORY.isEmpty(), "no -Dtacvault.screenshots=DIRECTORY");
    Path directory = Files.createDirectories(Path.of(DIRECTORY));
    try (LiveService service = LiveService.start(home.resolve("home"))) {
      Api api = new Api(service);
      String id = api.destination("Vault", home.resolve("store"));
      for (int backup = 0; backup < 3; backup++) {
        api.backup(id);
      }
      service.send(
          "POST",
          LiveService.BACKUP
              + "/schedule?destination_id="
              + id
              + "&schedule_type=cron&schedule_value=0+2+*+*+*&job_name=nightly",
          java.net.http.HttpRequest.BodyPublishers.noBody());
      deleteUsers(service);
      try (Browser browser = Browser.on(service)) {
        Page page = browser.open();
        for (Map.Entry<String, String> each : pages(id).entrySet()) {
          browser.go(page, each.getValue());
          shoot(browser, page, directory, each.getKey());
        }
        browser.go(page, "/admin/backup/restore");
        page.click("a.button.primary:has-text('Choose')");
        shoot(browser, page, directory, "restore-options");
        page.click("button.primary");
        assertThat(page.locator("h1")).hasText("Restore: the plan");
        shoot(browser, page, directory, "restore-plan");
      }
    }
  }

  private static Map<String, String> pages(String destination) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("dashboard", "/admin/");
    pages.put("backups", "/admin/backup/backups");
    pages.put("runs", "/admin/backup/runs");
    pages.put("destinations", "/admin/backup/destinations");
    pages.put("destination-new", "/admin/backup/destinations/new");
    pages.put("retention", "/admin/backup/destinations/" + destination + "/retention");
    pages.put("schedules", "/admin/backup/schedules");
    pages.put("schedule-new", "/admin/backup/schedules/new");
    pages.put("settings", "/admin/backup/settings");
    pages.put("audit", "/admin/backup/audit");
    return pages;
  }

  private static void shoot(Browser browser, Page page, Path directory, String name) {
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      String theme = scheme.name().toLowerCase(Locale.ROOT);
      page.setViewportSize(1440, 900);
      browser.screenshot(page, directory.resolve(name + "-" + theme + ".png"));
      page.setViewportSize(360, 800);
      browser.screenshot(page, directory.resolve(name + "-" + theme + "-narrow.png"));
    }
    page.setViewportSize(1440, 900);
  }

  private static void deleteUsers(LiveService service) throws Exception {
    try (Connection users =
        DriverManager.getConnection(
            "jdbc:sqlite:" + service.home().data().resolve("local_auth.db"))) {
      users.createStatement().executeUpdate("DELETE FROM local_users WHERE rowid % 3 = 0");
    }
  }
}
