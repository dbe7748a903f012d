package org.tacvault.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.source.Members;
import tools.jackson.databind.JsonNode;

/** What a plan tells of accounts, privileges and secrets that were withdrawn since the backup. */
class PlanWithdrawnTest {
  private static final String CANARY = "CANARY-51c0e";

  @TempDir Path root;
  private PlanScene scene;

  @BeforeEach
  void createHomeAndCopies() throws IOException {
    scene = PlanScene.create(root, SampleSize.SMALL);
  }

  @Test
  void namesEachThingAndNoSecret() throws Exception {
    scene.changeCopy(Members.DEVICES, "UPDATE devices SET tacacs_secret='" + CANARY + "'");
    scene.change(
        Members.USERS,
        "DELETE FROM local_users WHERE username='svc-backup'",
        "UPDATE local_users SET enabled=0,privilege_level=0,groups='[]',password_hash='"
            + CANARY
            + "' WHERE username='svc-monitor'",
        "UPDATE local_user_groups SET metadata='{\"privilege_level\": 1}' WHERE name='netadmins'",
        "DELETE FROM local_user_groups WHERE name='robots'");
    scene.change(
        Members.DEVICES,
        "UPDATE devices SET tacacs_secret='x'",
        "UPDATE devices SET radius_secret='" + CANARY + "' WHERE id=1",
        "DELETE FROM devices WHERE id=2",
        "UPDATE device_groups SET metadata=json_set(metadata,'$.tacacs_secret','"
            + CANARY
            + "','$.allowed_user_groups',json('[\"netadmins\"]')) WHERE id=1",
        "DELETE FROM device_groups WHERE id=2");
    Map<String, String> before = scene.files();
    RestorePlan plan = scene.plan();
    assertThat(scene.files()).isEqualTo(before);
    assertThat(words(plan, Members.USERS))
        .containsExactly(
            "user svc-backup: deleted",
            "user svc-monitor: disabled",
            "user svc-monitor: privilege reduced",
            "user svc-monitor: no longer in all groups",
            "user svc-monitor: password changed",
            "user group netadmins: privilege reduced",
            "user group robots: deleted");
    assertThat(words(plan, Members.DEVICES))
        .hasSize(23 + 1 + 2)
        .endsWith(
            "device group ams-core-routers: no longer open to all user groups",
            "device group ams-core-routers: TACACS+ secret changed");
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.REVOCATIONS_UNDONE))
        .containsExactly(
            "26 things withdrawn since the backup would come back with devices.db;"
                + " --keep-revocations prevents it",
            "7 things withdrawn since the backup would come back with local_auth.db;"
                + " --keep-revocations prevents it");
    assertThat(RestorePlanText.of(plan))
        .contains("\n  user svc-backup: deleted\n")
        .doesNotContain(CANARY);
    JsonNode json = RestorePlanJson.document(plan);
    assertThat(json.at("/members/3/withdrawn/comes_back/total").asInt()).isEqualTo(7);
    assertThat(json.at("/members/3/withdrawn/comes_back/items/1"))
        .hasToString("{\"kind\":\"user\",\"name\":\"svc-monitor\",\"what\":\"disabled\"}");
    assertThat(json.at("/members/3/withdrawn/stays/total").asInt()).isZero();
    assertThat(json.toString() + plan).doesNotContain(CANARY);
  }

  @Test
  void callsNothingWithdrawnThatWasGivenSince() throws SQLException {
    scene.changeCopy(
        Members.USERS, "UPDATE local_users SET enabled=0,privilege_level=0,groups='[]'");
    scene.changeCopy(
        Members.USERS, "UPDATE local_user_groups SET metadata='{\"privilege_level\":0}'");
    scene.change(Members.USERS, "INSERT INTO local_users(username) VALUES('new')");
    RestorePlan plan = scene.plan();
    assertThat(words(plan, Members.USERS)).isEmpty();
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.REVOCATIONS_UNDONE)).isEmpty();
  }

  @Test
  void findsWhatItCanWhenTheSchemasDiffer() throws SQLException {
    scene.change(
        Members.USERS,
        "UPDATE local_users SET enabled=0 WHERE username='svc-monitor'",
        "ALTER TABLE local_users DROP COLUMN password_hash");
    scene.change(Members.DEVICES, "DROP TABLE devices");
    RestorePlan plan = scene.plan();
    assertThat(words(plan, Members.USERS)).containsExactly("user svc-monitor: disabled");
    assertThat(words(plan, Members.DEVICES)).isEmpty();
  }

  @Test
  void knowsNothingWithoutALiveDatabase() throws IOException {
    Files.delete(scene.database(Members.USERS));
    Files.write(scene.database(Members.DEVICES), PlanScene.garbage());
    RestorePlan plan = scene.plan();
    assertThat(words(plan, Members.USERS)).isEmpty();
    assertThat(words(plan, Members.DEVICES)).isEmpty();
  }

  private static List<String> words(RestorePlan plan, String member) {
    return PlanScene.member(plan, member).withdrawn().comesBack().first().stream()
        .map(Revocation::text)
        .toList();
  }
}
