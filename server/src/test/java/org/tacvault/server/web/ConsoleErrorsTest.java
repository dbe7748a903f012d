package org.tacvault.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;

/** What a page says to a request that no page makes. */
class ConsoleErrorsTest {
  @TempDir static Path directory;
  private static LiveService service;

  @BeforeAll
  static void start() {
    service = LiveService.start(directory.resolve("home"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void aMissingParameterIsNamed() {
    Answer answer = service.get("/admin/backup/backups/detail?destination_id=x");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("backup_path").contains("<h1");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /options?destination_id=x, ''",
    "GET, /options?backup_path=x, ''",
    "POST, /plan, ''",
    "POST, /plan, destination_id=x&backup_path=",
    "POST, /run, destination_id=x&name=tacacs-sample",
  })
  void aRestoreOfNoBackupIsTheRequestsFault(String method, String path, String form) {
    Answer answer =
        service.send(
            method,
            "/admin/backup/restore" + path,
            BodyPublishers.ofString(form),
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("destination_id and backup_path must name a backup.");
  }

  @ParameterizedTest
  @CsvSource({
    "/admin/backup/backups?page=abc, page",
    "/admin/backup/runs?page=abc, page",
    "/admin/backup/audit?page=99999999999999, page"
  })
  void aNumberThatIsNoneIsTheRequestsFault(String path, String parameter) {
    Answer answer = service.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(parameter);
  }
}
