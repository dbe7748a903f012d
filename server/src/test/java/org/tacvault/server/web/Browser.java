package org.tacvault.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tacvault.server.LiveService;
import org.tacvault.server.TestService;

/**
 * A real browser that is logged in to a service. Everything that a page must never do is noted
 * while it is used: errors in its console, answers of 5xx, requests to anybody else.
 */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--host-resolver-rules=MAP console.test 127.0.0.1");
  // An idle machine needs a tenth of it.
  private static final double PATIENCE_MILLIS = 30_000;

  private static final int MOST_TABS = 60;
  private static final String AXE = resource("/axe.min.js");

  private final LiveService service;
  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = new ArrayList<>();

  private Browser(LiveService service, Playwright playwright) {
    this.service = service;
    this.playwright = playwright;
    this.chromium =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(FLAGS));
  }

  /** Skips the test where there is no Chromium, but not in continuous integration. */
  static Browser on(LiveService service) {
    assumeTrue(
        Files.isExecutable(CHROMIUM) || "true".equals(System.getenv("CI")),
        "chromium is not installed");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    return new Browser(
        service,
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
  }

  /** A new window without a session. */
  Page anonymous(com.microsoft.playwright.Browser.NewContextOptions options) {
    BrowserContext context = chromium.newContext(options);
    Page page = context.newPage();
    watch(page);
    return page;
  }

  /** A new window, wide, light, logged in. */
  Page open() {
    return open(
        new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1440, 900));
  }

  Page open(com.microsoft.playwright.Browser.NewContextOptions options) {
    Page page = anonymous(options);
    logIn(page);
    return page;
  }

  /** A second tab of the same session. */
  Page tab(Page first) {
    Page page = first.context().newPage();
    watch(page);
    return page;
  }

  void logIn(Page page) {
    go(page, "/admin/login");
    enter(page);
  }

  /** Fills the form to log in, which the page shows. */
  void enter(Page page) {
    page.fill("#username", "admin");
    page.fill("#password", TestService.PASSWORD);
    page.click("button.primary");
  }

  void go(Page page, String path) {
    page.navigate(service.url(path).toString());
  }

  /** The page is accessible in both themes, fits into both widths, and nothing was wrong. */
  void check(Page page) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      assertThat(violations(page)).as(page.url() + " " + scheme).isEmpty();
      assertOffersTheOtherTheme(page, scheme);
    }
    int width = page.viewportSize().width;
    page.setViewportSize(360, 800);
    assertThat(page.evaluate("document.documentElement.scrollWidth"))
        .as("width of " + page.url())
        .isEqualTo(360);
    page.setViewportSize(width, 900);
    assertThat(complaints).isEmpty();
  }

  /** Nobody has chosen a theme: it is that of the system, and the other one is to be had. */
  private static void assertOffersTheOtherTheme(Page page, ColorScheme scheme) {
    Locator button = page.locator("#theme:not([hidden])");
    if (button.count() > 0) {
      PlaywrightAssertions.assertThat(button)
          .hasText(scheme == ColorScheme.LIGHT ? "Dark theme" : "Light theme");
    }
  }

  /** Moves the focus by the tab key alone to what {@code selector} finds. */
  void tabTo(Page page, String selector) {
    page.waitForLoadState();
    for (int i = 0; i < MOST_TABS; i++) {
      page.keyboard().press("Tab");
      if ((boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) {
        return;
      }
    }
    throw new AssertionError(selector + " is not reached by the tab key on " + page.url());
  }

  /** What the page shows as a PNG. */
  void screenshot(Page page, Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  /** Forgets what a test provoked on purpose. */
  List<String> takeComplaints() {
    List<String> taken = List.copyOf(complaints);
    complaints.clear();
    return taken;
  }

  @SuppressWarnings("unchecked")
  private static List<String> violations(Page page) {
    page.evaluate(AXE);
    return (List<String>)
        page.evaluate(
            """
            async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
                'wcag22aa', 'best-practice']})).violations.flatMap(v => v.nodes.map(
                n => v.id + ': ' + n.target.join(' ') + ' ' + (n.any[0] || n.all[0] || n.none[0] || {}).message))
            """);
  }

  private void watch(Page page) {
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + ": " + message.text() + " at " + page.url());
          }
        });
    page.onPageError(error -> complaints.add("script: " + error));
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onRequest(
        request -> {
          String host = URI.create(request.url()).getHost();
          if (!Objects.equals(host, "127.0.0.1") && !Objects.equals(host, "console.test")) {
            complaints.add("foreign request: " + request.url());
          }
        });
    page.onResponse(
        response -> {
          if (response.status() >= 500) {
            complaints.add(response.status() + " " + response.url());
          }
        });
  }

  private static String resource(String name) {
    try (InputStream in = Browser.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
