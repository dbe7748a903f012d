package org.tacvault.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.tacvault.engine.catalog.CatalogTest.NOW;
import static org.tacvault.engine.catalog.CatalogTest.assertFailure;
import static org.tacvault.engine.catalog.CatalogTest.execution;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.ErrorKind;

class DestinationsTest {
  @TempDir Path directory;
  private Catalog catalog;
  private Destinations destinations;

  @BeforeEach
  void openCatalog() {
    catalog = Catalog.open(directory.resolve("backup_executions.db"));
    destinations = catalog.destinations();
  }

  private DestinationRecord add(String name) {
    return destinations.add(
        NewDestination.keepingDays(
            name, "local", Map.of("base_path", "/srv/" + name.length()), 30, NOW, "admin"));
  }

  @Test
  void anAddedDestinationIsFoundByIdAndByName() {
    DestinationRecord added = add("nas");
    assertThat(added.enabled()).isTrue();
    assertThat(added.retentionStrategy()).isEqualTo("simple");
    assertThat(added.retentionConfig()).isEqualTo(Map.of("keep_days", 30));
    assertThat(added.lastBackupAt()).isNull();
    assertThat(destinations.find(added.id())).contains(added);
    assertThat(destinations.find("nas")).contains(added);
    assertThat(destinations.get("nas")).isEqualTo(added);
    assertFailure(ErrorKind.NOT_FOUND, () -> destinations.get("none"), "no such destination");
  }

  @Test
  void anIdWinsOverTheNameOfAnother() {
    DestinationRecord first = add("nas");
    add(first.id());
    assertThat(destinations.get(first.id())).isEqualTo(first);
  }

  @Test
  void keepsTheConfigurationAsItIs() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("host", "ftp.example.net");
    config.put("port", 2121);
    config.put("passive", true);
    config.put("default_tags", Map.of("a", "b"));
    config.put("password", null);
    DestinationRecord added =
        destinations.add(NewDestination.keepingDays("ftp", "ftp", config, 7, NOW, "admin"));
    assertThat(destinations.get("ftp").config()).isEqualTo(config);
    assertThat(added.config().keySet()).containsExactlyElementsOf(config.keySet());
  }

  @Test
  void listsNewestFirstWithDisabledOnes() {
    add("one");
    destinations.update(add("two").id(), DestinationChange.NONE.withEnabled(false));
    assertThat(destinations.list())
        .extracting(DestinationRecord::name)
        .containsExactly("two", "one");
    assertThat(destinations.get("two").enabled()).isFalse();
  }

  @Test
  void aNameIsGivenOnce() {
    add("nas");
    assertFailure(ErrorKind.CONFLICT, () -> add("nas"), "name is taken");
    DestinationRecord other = add("other");
    assertFailure(
        ErrorKind.CONFLICT,
        () -> destinations.update(other.id(), DestinationChange.NONE.withName("nas")),
        "name is taken");
    destinations.update(other.id(), DestinationChange.NONE.withName("other"));
    assertThat(destinations.list()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\nb"})
  void refusesANameThatIsNone(String name) {
    assertFailure(ErrorKind.INVALID_INPUT, () -> add(name), "not a valid name");
    assertThat(destinations.list()).isEmpty();
  }

  @Test
  void changesOnlyWhatIsAsked() {
    DestinationRecord before = add("nas");
    destinations.touch(before.id(), NOW, true);
    DestinationRecord after =
        destinations.update(
            before.id(), DestinationChange.NONE.withConfig("ftp", Map.of("host", "h")));
    assertThat(after).isEqualTo(destinations.get("nas"));
    assertThat(after.type()).isEqualTo("ftp");
    assertThat(after.config()).isEqualTo(Map.of("host", "h"));
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertThat(after.lastBackupStatus()).isEqualTo("success");
    assertFailure(
        ErrorKind.NOT_FOUND,
        () -> destinations.update("none", DestinationChange.NONE),
        "no such destination");
  }

  @Test
  void newRetentionDaysAlsoChangeTheSimpleRule() {
    String id = add("nas").id();
    destinations.update(id, DestinationChange.NONE.withRetentionDays(7));
    assertThat(destinations.get(id).retentionDays()).isEqualTo(7);
    assertThat(destinations.get(id).retentionConfig()).isEqualTo(Map.of("keep_days", 7));
  }

  @Test
  void newRetentionDaysLeaveAnotherRuleAlone() {
    String id = add("nas").id();
    destinations.update(id, DestinationChange.NONE.withRetention("gfs", Map.of("keep_daily", 5)));
    destinations.update(id, DestinationChange.NONE.withRetentionDays(7));
    assertThat(destinations.get(id).retentionStrategy()).isEqualTo("gfs");
    assertThat(destinations.get(id).retentionConfig()).isEqualTo(Map.of("keep_daily", 5));
  }

  @Test
  void aDestinationWithExecutionsStaysHoweverOldTheyAre() {
    String id = add("nas").id();
    catalog.begin(execution(ExecutionKind.BACKUP, id, "x", NOW));
    for (int i = 1; i <= 120; i++) {
      catalog.begin(execution(ExecutionKind.BACKUP, "another", "x", NOW.plusSeconds(i)));
    }
    assertFailure(
        ErrorKind.CONFLICT,
        () -> destinations.delete(id),
        "Cannot delete destination with existing backups");
    assertThat(destinations.find(id)).isPresent();
  }

  @Test
  void anUnusedDestinationGoesWithItsPins() {
    String id = add("nas").id();
    catalog.pins().pin(id, "/a", "x", NOW);
    destinations.delete(id);
    assertThat(destinations.list()).isEmpty();
    assertThat(catalog.pins().list(id)).isEmpty();
    assertFailure(ErrorKind.NOT_FOUND, () -> destinations.delete(id), "no such destination");
  }

  @Test
  void notesHowTheLastBackupEnded() {
    String id = add("nas").id();
    destinations.touch(id, NOW, false);
    assertThat(destinations.get(id).lastBackupAt()).isEqualTo(NOW);
    assertThat(destinations.get(id).lastBackupStatus()).isEqualTo("failed");
    destinations.touch("deleted meanwhile", NOW, true);
  }

  @Test
  void sqlInAnyTextIsOnlyText() {
    String hostile = "x', type='y'; DROP TABLE backup_destinations; --";
    DestinationRecord added =
        destinations.add(
            new NewDestination(
                hostile,
                hostile,
                Map.of(hostile, hostile),
                1,
                hostile,
                Map.of(hostile, hostile),
                NOW,
                hostile));
    assertThat(destinations.find(hostile)).contains(added);
    destinations.update(added.id(), DestinationChange.NONE.withName(hostile + "2"));
    assertThat(destinations.list())
        .extracting(DestinationRecord::name, DestinationRecord::type)
        .containsExactly(tuple(hostile + "2", hostile));
    assertThat(added.createdBy()).isEqualTo(hostile);
  }
}
