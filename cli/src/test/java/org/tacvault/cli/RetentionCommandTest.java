package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import tools.jackson.databind.JsonNode;

class RetentionCommandTest {
  @TempDir Path temp;
  private HomeRun home;
  private Path store;
  private List<Path> archives;

  @BeforeEach
  void storeArchivesOfOneTwoAndThreeDays() {
    home = HomeRun.create(temp.resolve("home"), "");
    store = temp.resolve("store");
    home.json(0, "destination", "add", "nas", "--type", "local", "--path", store.toString());
    archives = List.of(archive(1), archive(2), archive(3));
  }

  @Test
  void showSaysTheRuleInWordsAndWhatItWouldDoNow() {
    assertThat(home.run("retention", "show", "nas").out())
        .isEqualTo(
            "'nas' keeps all backups of the last 30 days (simple)\n"
                + "now: 3 archives, nothing to delete\n");
    set("--strategy", "simple", "--keep-count", "1");
    assertThat(home.run("retention", "show", "nas").out())
        .contains("keeps the newest backup", "3 archives, 2 to delete (5 B)", "--dry-run");
  }

  @Test
  void setReplacesTheRuleWhole() {
    set("--strategy", "gfs", "--keep-daily", "2", "--keep-yearly", "0");
    JsonNode rule = home.json(0, "retention", "show", "nas");
    assertThat(rule.get("strategy").asString()).isEqualTo("gfs");
    assertThat(rule.get("config").toString())
        .isEqualTo("{\"keep_daily\":2,\"keep_weekly\":4,\"keep_monthly\":12,\"keep_yearly\":0}");
    set("--strategy", "simple", "--keep-days", "90");
    rule = home.json(0, "retention", "show", "nas");
    assertThat(rule.get("config").toString()).isEqualTo("{\"keep_days\":90}");
    set("--strategy", "hanoi");
    assertThat(home.run("retention", "show", "nas").out()).contains("double");
  }

  @ParameterizedTest
  @CsvSource({
    "--strategy weekly, one of: simple",
    "--strategy simple, needs --keep-days or --keep-count",
    "--strategy simple --keep-days 0, from 1 to 3650",
    "--strategy simple --keep-days many, --keep-days",
    "--strategy simple --keep-days 3 --keep-daily 3, without effect with these others: --keep-daily",
    "--strategy gfs --keep-count 3, without effect with these others: --keep-count",
    "--keep-days 3, --strategy"
  })
  void aRuleThatCannotBeIsRefusedAndChangesNothing(String options, String reason) {
    CommandRun run = home.run(("retention set nas " + options).split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(reason);
    assertThat(home.json(0, "retention", "show", "nas").get("config").toString())
        .isEqualTo("{\"keep_days\":30}");
  }

  @Test
  void dryRunGivesAReasonForEachArchiveAndDeletesNothing() {
    set("--strategy", "simple", "--keep-count", "1");
    assertThat(home.run("retention", "apply", "nas", "--dry-run").out().lines())
        .hasSize(5)
        .anyMatch(line -> line.startsWith("keep ") && line.contains("" + archives.get(0)))
        .anyMatch(line -> line.startsWith("delete ") && line.endsWith("not among the newest 1"))
        .contains("3 archives, 2 to delete (5 B)");
    JsonNode plan = home.json(0, "retention", "apply", "nas", "--dry-run");
    assertThat(plan.get("deletes").asInt()).isEqualTo(2);
    assertThat(plan.get("archives").get(2).get("keep").asBoolean()).isFalse();
    assertThat(archives).allMatch(Files::exists);
    assertThat(executions()).isEmpty();
  }

  @Test
  void applyDeletesAndIsRecorded() {
    set("--strategy", "simple", "--keep-count", "1");
    JsonNode applied = home.json(0, "retention", "apply", "nas");
    assertThat(applied.get("deleted").get(0).asString()).isEqualTo("" + archives.get(2));
    assertThat(applied.get("deleted")).hasSize(2);
    assertThat(applied.get("kept").get(0).asString()).isEqualTo("" + archives.get(0));
    assertThat(archives.get(0)).exists();
    assertThat(archives.get(2)).doesNotExist();
    Execution recorded = executions().get(0);
    assertThat(recorded.id()).isEqualTo(applied.get("execution_id").asString());
    assertThat(recorded.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(recorded.request().triggeredBy()).startsWith("manual:");
    assertThat(home.run("retention", "apply", "nas").out())
        .isEqualTo("0 deleted, 1 kept, 0 could not be deleted\n");
  }

  @Test
  void whatCannotBeDeletedIsReportedAndTheRestGoesOn() throws IOException {
    set("--strategy", "simple", "--keep-count", "1");
    // What belongs to an archive and cannot be removed fails its deletion, for root too.
    Path stuck = Path.of(archives.get(1) + ".manifest.json");
    Files.createDirectories(stuck.resolve("not empty"));
    CommandRun run = home.run("retention", "apply", "nas");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("deleted " + archives.get(2), "not deleted " + archives.get(1))
        .endsWith("1 deleted, 1 kept, 1 could not be deleted\n");
    assertThat(executions().get(0).result().warnings()).hasSize(1);
  }

  @Test
  void pinnedArchiveStaysUntilItIsUnpinned() {
    set("--strategy", "simple", "--keep-count", "1");
    String relative = store.relativize(archives.get(2)).toString();
    JsonNode pinned = home.json(0, "pin", "nas", relative, "--reason", "audit 2026");
    assertThat(pinned.get("path").asString()).isEqualTo("" + archives.get(2));
    assertThat(home.run("retention", "apply", "nas", "--dry-run").out())
        .contains("pinned: audit 2026");
    home.json(0, "retention", "apply", "nas");
    assertThat(archives.get(2)).exists();
    assertThat(home.run("unpin", "nas", archives.get(2).getFileName().toString()).out())
        .isEqualTo("Unpinned " + archives.get(2) + "\n");
    home.json(0, "retention", "apply", "nas");
    assertThat(archives.get(2)).doesNotExist();
  }

  @Test
  void pinsAreOfArchivesThatAreThereAndHaveAReason() {
    CommandRun missing = home.run("pin", "nas", "fra1/manual/none.tar.gz", "--reason", "because");
    assertThat(missing.exitCode()).isEqualTo(10);
    String path = archives.get(0).toString();
    assertThat(home.run("pin", "nas", path).exitCode()).isEqualTo(2);
    assertThat(home.run("pin", "nas", path, "--reason", " ").err()).contains("reason is empty");
    CommandRun unpinned = home.run("unpin", "nas", path);
    assertThat(unpinned.exitCode()).isEqualTo(10);
    assertThat(unpinned.err()).contains("it is not pinned", "no archive of this destination");
  }

  @Test
  void unknownDestinationIsNotFound() {
    for (String command : List.of("show", "apply")) {
      assertThat(home.run("retention", command, "none").exitCode()).isEqualTo(10);
    }
    assertThat(home.run("retention", "set", "none", "--strategy", "hanoi").exitCode())
        .isEqualTo(10);
  }

  @Test
  void helpSaysWhatStaysWhateverTheRule() {
    assertThat(CommandRun.of("retention", "--help").out())
        .contains("show ", "set ", "apply ", "newest good backup", "pinned");
    assertThat(CommandRun.of("retention", "set", "--help").out())
        .contains("--strategy", "--keep-yearly", "Exit codes:");
    assertThat(CommandRun.of("pin", "--help").out()).contains("--reason", "Exit codes:");
  }

  private void set(String... options) {
    List<String> args = new ArrayList<>(List.of("retention", "set", "nas"));
    args.addAll(List.of(options));
    CommandRun run = home.run(args.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private Path archive(int daysAgo) {
    return HomeRun.storeArchive(store, daysAgo);
  }

  private List<Execution> executions() {
    try (BackupEngine engine = BackupEngine.open(home.home())) {
      return engine.catalog().list(ExecutionFilter.newest().withKind(ExecutionKind.RETENTION));
    }
  }
}
