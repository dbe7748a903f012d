package org.tacvault.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.server.LiveService;
import org.tacvault.server.api.Api;

/** What an administrator does with backups in a browser. */
class ConsoleTest {
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  private static final String NASTY = "<script>alert(1)</script>\"'&<b>";
  private static final List<String> PAGES =
      List.of(
          "/admin/",
          "/admin/backup/backups",
          "/admin/backup/restore",
          "/admin/backup/runs",
          "/admin/backup/destinations",
          "/admin/backup/schedules",
          "/admin/backup/schedules/new",
          "/admin/backup/settings",
          "/admin/backup/audit");

  @TempDir Path directory;
  private LiveService service;
  private Browser browser;
  private Api api;

  @BeforeEach
  void start() {
    service = LiveService.start(directory.resolve("home"));
    api = new Api(service);
    browser = Browser.on(service);
  }

  @AfterEach
  void stop() {
    browser.close();
    service.close();
  }

  @Test
  void theFirstStartLeadsToABackupThatIsVerified() {
    Page page = browser.open();
    assertThat(page.locator("#state")).hasText("No backups");
    assertThat(page.locator("ol.checks li")).hasCount(5);
    browser.check(page);
    api.destination("Vault", directory.resolve("store"));
    browser.go(page, "/admin/backup/backups");
    browser.check(page);
    page.fill("#comment", "before the upgrade");
    page.click("text=Back up now >> nth=1");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
    assertThat(page.locator("dl.facts").first()).containsText("before the upgrade");
    browser.check(page);
    page.click("dl.facts a.mono, dd.mono a");
    assertThat(page.locator("main")).containsText("local_auth.db");
    browser.check(page);
    page.click("button:text-is('Verify')");
    assertThat(page.locator("h1")).hasText("Verify");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
    browser.go(page, "/admin/backup/backups?verified=yes");
    assertThat(page.locator("tbody tr")).hasCount(1);
    browser.check(page);
    browser.go(page, "/admin/");
    assertThat(page.locator("#state")).hasText("Healthy");
    browser.check(page);
    browser.go(page, "/admin/backup/runs");
    assertThat(page.locator("tbody tr")).hasCount(2);
    browser.check(page);
  }

  @Test
  void aRestoreShowsItsPlanBringsARowBackAndCanBeUndone() throws Exception {
    String destination = api.destination("Vault", directory.resolve("store"));
    api.backup(destination);
    long before = users();
    sql("DELETE FROM local_users");
    Page page = browser.open();
    browser.go(page, "/admin/backup/restore");
    browser.check(page);
    page.click("a.button.primary:has-text('Choose')");
    page.uncheck("input[value=config]");
    browser.check(page);
    page.click("button.primary");
    assertThat(page.locator("main")).containsText("come back");
    assertThat(page.locator(".names").first()).not().isEmpty();
    browser.check(page);
    page.fill("#name", "some other server");
    page.click("button.danger");
    assertThat(page.locator("#name-error")).containsText("exactly");
    assertThat(users()).isZero();
    browser.takeComplaints();
    browser.check(page);
    page.fill("#name", page.locator("label[for=name] b").textContent());
    page.click("button.danger");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
    assertThat(users()).isEqualTo(before).isPositive();
    assertThat(page.locator("main")).containsText("What was live before is kept");
    browser.check(page);
    page.fill("#undo-name", page.locator("label[for=undo-name] b").textContent());
    page.click("button:has-text('Undo this restore')");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
    assertThat(users()).isZero();
    browser.go(page, "/admin/backup/audit");
    assertThat(page.locator("main")).containsText("POST /admin/backup/restore/run");
    assertThat(page.locator("main")).containsText("backup_path=");
    browser.check(page);
  }

  @Test
  void backupAndRestoreWorkByKeyboardAlone() throws Exception {
    api.destination("Vault", directory.resolve("store"));
    Page page = browser.open();
    browser.go(page, "/admin/backup/backups");
    browser.tabTo(page, "#comment");
    page.keyboard().type("typed");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
    long before = users();
    sql("DELETE FROM local_users");
    browser.tabTo(page, "nav a[href$='/restore']");
    page.keyboard().press("Enter");
    assertThat(page.locator("a.button.primary:has-text('Choose')")).isVisible();
    browser.tabTo(page, "main a.button.primary");
    page.keyboard().press("Enter");
    assertThat(page.locator("input[value=config]")).isVisible();
    browser.tabTo(page, "main button.primary");
    page.keyboard().press("Enter");
    assertThat(page.locator("#name")).isVisible();
    browser.tabTo(page, "#name");
    page.keyboard().type(page.locator("label[for=name] b").textContent());
    browser.tabTo(page, "button.danger");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
    assertThat(page.locator("main")).containsText("What was live before is kept");
    assertThat(users()).isEqualTo(before).isPositive();
  }

  @Test
  void backupAndRestoreWorkWithoutScripts() throws Exception {
    api.destination("Vault", directory.resolve("store"));
    Page page =
        browser.open(
            new com.microsoft.playwright.Browser.NewContextOptions().setJavaScriptEnabled(false));
    browser.go(page, "/admin/backup/backups");
    page.click("button:has-text('Back up now')");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
    long before = users();
    sql("DELETE FROM local_users");
    browser.go(page, "/admin/backup/restore");
    page.click("a.button.primary:has-text('Choose')");
    page.click("button.primary");
    page.fill("#name", page.locator("label[for=name] b").textContent());
    page.click("button.danger");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
    assertThat(users()).isEqualTo(before);
    assertThat(browser.takeComplaints()).isEmpty();
  }

  @Test
  void aHeldRestoreIsOnEveryPageUntilItIsKept() {
    String destination = api.destination("Vault", directory.resolve("store"));
    api.backup(destination);
    Page page = browser.open();
    browser.go(page, "/admin/backup/restore");
    page.click("a.button.primary:has-text('Choose')");
    page.fill("#within", "10m");
    page.click("button.primary");
    page.fill("#name", page.locator("label[for=name] b").textContent());
    page.click("button.danger");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
    browser.go(page, "/admin/backup/settings");
    assertThat(page.locator("div[role=alert]")).containsText("goes back by itself");
    browser.check(page);
    page.click("button:has-text('Keep the restore')");
    assertThat(page.locator(".notice.is-good")).containsText("kept");
    assertThat(page.locator("div[role=alert]")).hasCount(0);
  }

  @Test
  void destinationsAreTestedAddedChangedAndTheirRetentionIsShownFirst() {
    Page page = browser.open();
    browser.go(page, "/admin/backup/destinations");
    browser.check(page);
    browser.go(page, "/admin/backup/destinations/new");
    page.fill("#name", NASTY);
    page.fill("#field-base_path", "not/absolute");
    page.click("button.primary");
    assertThat(page.locator("div[role=alert]")).containsText("absolute");
    assertThat(page.locator("#name")).hasValue(NASTY);
    browser.takeComplaints();
    browser.check(page);
    page.fill("#field-base_path", directory.resolve("store").toString());
    page.click("button[name=test]");
    assertThat(page.locator(".notice.is-good")).containsText("The connection works");
    browser.check(page);
    page.click("button.primary");
    assertThat(page.locator("h1")).hasText(NASTY);
    page.click("button:has-text('Test the connection')");
    assertThat(page.locator("section.notice.is-good")).containsText("free space");
    browser.check(page);
    String id =
        service
            .get(LiveService.BACKUP + "/destinations")
            .json()
            .at("/destinations/0/id")
            .asString();
    api.backup(id);
    api.backup(id);
    browser.go(page, "/admin/backup/destinations/" + id + "/retention");
    page.fill("#keep_days", "");
    page.fill("#keep_count", "1");
    page.click("button:has-text('Show what')");
    assertThat(page.locator("tbody .badge.bad")).hasCount(1);
    browser.check(page);
    page.click("button.primary");
    assertThat(page.locator(".notice.is-good")).containsText("stored");
    assertThat(page.locator(".lead")).containsText("Stored rule: the newest backup.");
    for (String path : PAGES) {
      browser.go(page, path);
      browser.check(page);
    }
    assertThat(page.locator("main")).isVisible();
  }

  @Test
  void schedulesAreBuiltFromWordsPreviewedPausedAndRun() {
    api.destination("Vault", directory.resolve("store"));
    Page page = browser.open();
    browser.go(page, "/admin/backup/schedules/new");
    page.fill("#name", "nightly");
    page.selectOption("#every", "week");
    page.selectOption("#weekday", "1");
    page.fill("#zone", "Europe/Berlin");
    page.press("#zone", "Tab");
    assertThat(page.locator("#preview li")).hasCount(5);
    assertThat(page.locator("#preview")).containsText("Mon ");
    assertThat(page.locator("#preview")).containsText("UTC");
    browser.check(page);
    page.fill("#zone", "Mars/Olympus");
    page.click("button.primary");
    assertThat(page.locator("main > div[role=alert]")).containsText("no such time zone");
    assertThat(page.locator("#name")).hasValue("nightly");
    browser.takeComplaints();
    page.fill("#zone", "Europe/Berlin");
    page.click("button.primary");
    assertThat(page.locator("main")).containsText("nightly");
    browser.check(page);
    page.click("section:has(h2:text-is('nightly')) >> button:has-text('Pause')");
    assertThat(page.locator("section:has(h2:text-is('nightly'))")).containsText("paused");
    page.click("section:has(h2:text-is('nightly')) >> button:has-text('Resume')");
    page.click("section:has(h2:text-is('nightly')) >> button:has-text('Run now')");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
  }

  @Test
  void whoseSessionEndsInMidFormLogsInAndFindsWhatWasTyped() {
    Page page = browser.open();
    Page other = browser.tab(page);
    browser.go(page, "/admin/backup/destinations/new");
    page.fill("#name", "half typed");
    page.fill("#field-base_path", "/srv/half/typed");
    browser.go(other, "/admin/");
    other.click("button:has-text('Log out')");
    page.click("button.primary");
    assertThat(page.locator("h1")).hasText("Your session has ended");
    browser.takeComplaints();
    browser.check(page);
    page.click("a.button");
    browser.enter(page);
    assertThat(page.locator("#name")).hasValue("half typed");
    assertThat(page.locator(".notice")).containsText("What you typed is back");
    browser.check(page);
  }

  @Test
  void aRunMovesOnThePageAndCanBeCancelledAndTriedAgain() throws Exception {
    api.destination("Vault", directory.resolve("store"));
    Page page = browser.open();
    Path lock = service.home().locks().resolve("live-data.lock");
    try (ProcessLock ignored = ProcessLock.tryAcquire(lock, "test").orElseThrow()) {
      browser.go(page, "/admin/backup/backups");
      page.click("button:has-text('Back up now')");
      assertThat(page.locator("#live")).containsText("Snapshot");
      assertThat(page.locator("#stage-status")).containsText("Stage: snapshot");
      browser.check(page);
      Page other = browser.tab(page);
      browser.go(other, "/admin/");
      assertThat(other.locator("#state")).hasText("Running");
      page.click("button:has-text('Cancel')");
      // Nobody loads the page anew but the page itself.
      assertThat(page.locator("h1 + .badge")).containsText("cancelled", PATIENTLY);
    }
    page.click("button:has-text('Try again')");
    assertThat(page.locator("h1 + .badge")).containsText("completed", PATIENTLY);
    browser.check(page);
  }

  @Test
  void whatIsNoPageIsSaidByAPage() {
    Page page = browser.open();
    browser.go(page, "/admin/backup/no/such/page");
    assertThat(page.locator("h1")).hasText("Not Found");
    assertThat(page.locator("div[role=alert]")).containsText("There is no such page.");
    assertThat(browser.takeComplaints()).allMatch(each -> each.contains("404"));
    browser.check(page);
  }

  @Test
  void formsWorkWhereTheBrowserDoesNotSayWhereTheyComeFrom() {
    Page page = browser.anonymous(new com.microsoft.playwright.Browser.NewContextOptions());
    page.navigate(service.url("/admin/login").toString().replace("127.0.0.1", "console.test"));
    browser.enter(page);
    assertThat(page.locator("h1")).hasText("Dashboard");
  }

  private long users() throws Exception {
    try (Connection connection = connect();
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT count(*) FROM local_users")) {
      return rows.getLong(1);
    }
  }

  private void sql(String statement) throws Exception {
    try (Connection connection = connect()) {
      connection.createStatement().executeUpdate(statement);
    }
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + service.home().root().resolve("data/local_auth.db"));
  }
}
