package org.tacvault.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.source.Members;

/** What a plan says of a merge. */
class HistoryRestoreTest {
  @TempDir Path root;

  private PlanScene scene;

  @BeforeEach
  void create() throws Exception {
    scene = PlanScene.create(root, SampleSize.SMALL);
    scene.change(
        Members.ACCOUNTING,
        "DELETE FROM accounting_logs WHERE id<=100",
        "INSERT INTO accounting_logs(timestamp,username,session_id,status)"
            + " VALUES('2026-11-24 04:00:00','u',1,'start')");
  }

  private RestorePlan plan(History history) {
    return new RestorePlanner(history)
        .plan(
            scene.sources(),
            scene.copies(),
            scene.manifest(Map.of()),
            SampleHome.INSTANCE_NAME,
            PlanScene.NOW);
  }

  @Test
  void bothWaysAreToldWhicheverIsChosen() {
    RestorePlan replace = plan(History.REPLACE);
    RestorePlan merge = plan(History.MERGE);
    assertThat(PlanScene.member(merge, Members.ACCOUNTING).history())
        .isEqualTo(PlanScene.member(replace, Members.ACCOUNTING).history())
        .singleElement()
        .satisfies(rows -> assertThat(rows.newer()).isEqualTo(1))
        .satisfies(rows -> assertThat(rows.missing()).isEqualTo(100));
    assertThat(RestorePlanText.of(merge))
        .contains("replace loses 1 row (the newest of 2026-11-24 04:00:00 UTC) that came since")
        .contains("merge brings back 100 and loses none");
    assertThat(PlanScene.warnings(replace, PlanWarning.Kind.NEWER_ROWS_LOST)).hasSize(1);
    assertThat(PlanScene.warnings(merge, PlanWarning.Kind.NEWER_ROWS_LOST)).isEmpty();
  }

  @Test
  void onlyHistoriesAreMerged() {
    RestorePlan plan = plan(History.MERGE);
    for (RestorePlan.Member member : plan.members()) {
      assertThat(member.action())
          .isEqualTo(
              History.COMPONENTS.contains(member.component())
                  ? RestorePlan.Action.MERGE
                  : RestorePlan.Action.REPLACE);
    }
    assertThat(PlanScene.member(plan, Members.ACCOUNTING).tables())
        .contains(new RestorePlan.Table("accounting_logs", 201L, 301L))
        .noneMatch(table -> table.name().startsWith("mv_"));
  }

  @Test
  void planningAMergeChangesNothingAndLeavesNothing() throws Exception {
    Map<String, String> before = scene.files();
    plan(History.MERGE);
    assertThat(scene.files()).isEqualTo(before);
    assertThat(scene.copies()).isDirectoryNotContaining("glob:**history-*");
  }

  @Test
  void whatCannotBeMergedIsReplacedAndNamed() throws Exception {
    Files.delete(scene.database(Members.METRICS));
    Files.write(scene.database(Members.AUDIT), PlanScene.garbage());
    RestorePlan plan = plan(History.MERGE);
    assertThat(PlanScene.member(plan, Members.METRICS).action())
        .isEqualTo(RestorePlan.Action.CREATE);
    assertThat(PlanScene.member(plan, Members.AUDIT).action())
        .isEqualTo(RestorePlan.Action.REPLACE);
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.NOT_MERGED))
        .containsExactly(
            "metrics_history.db is not there, so it is restored as it was: nothing is to merge",
            "audit_trail.db is damaged, so it is replaced and not merged");
  }

  @Test
  void oneTableThatCannotBeComparedHidesNoOther() throws SQLException {
    scene.changeCopy(Members.ACCOUNTING, "CREATE TABLE odd(a TEXT CHECK (length(a)>0), b TEXT)");
    RestorePlan plan = plan(History.REPLACE);
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.NOT_COMPARABLE))
        .singleElement()
        .asString()
        .startsWith("odd in tacacs_accounting.db cannot be compared nor merged");
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.NEWER_ROWS_LOST)).hasSize(1);
  }
}
