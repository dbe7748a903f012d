package org.tacvault.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.RestorePlan.AccessChange;
import org.tacvault.engine.restore.RestorePlan.Action;
import org.tacvault.engine.restore.RestorePlan.Changed;
import org.tacvault.engine.restore.RestorePlan.Direction;
import org.tacvault.engine.restore.RestorePlan.FieldChange;
import org.tacvault.engine.restore.RestorePlan.HistoryRows;
import org.tacvault.engine.restore.RestorePlan.Member;
import org.tacvault.engine.restore.RestorePlan.Named;
import org.tacvault.engine.restore.RestorePlan.Origin;
import org.tacvault.engine.restore.RestorePlan.SchemaDifference;
import org.tacvault.engine.restore.RestorePlan.Setting;
import org.tacvault.engine.restore.RestorePlan.Side;
import org.tacvault.engine.restore.RestorePlan.Table;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.sqlite.SchemaItem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RestorePlanTextTest {
  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

  @TempDir Path root;

  @Test
  void readsLikeThis() {
    assertThat(RestorePlanText.of(example(), 2))
        .isEqualTo(
            """
            Restore plan: manual backup of fra1, taken 2026-11-21 05:00:00 UTC (2 days old)

            Warnings
              ! 1 row of audit_log newer than the backup would be lost

            Files
              config  tacacs.conf     replace
              users   local_auth.db   replace
              audit   audit_trail.db  none: it is not in the backup

            Users: +3  -1  ~1
              + user jdoe
              + user jroe
              … and 1 more
              - user eve??[31m
              ~ user bob: password_hash, privilege_level

            Access and privilege
              loses   user eve: account present; privilege_level 15
              gains   user bob: privilege_level 1 → 15

            Withdrawn since the backup, would come back (--keep-revocations leaves them withdrawn)
              user bob: privilege reduced
              user mal?[31m: deleted
              … and 1 more

            Withdrawn since the backup, stay withdrawn
              user jdoe: password changed

            Settings in tacacs.conf
              ~ [ldap] bind_password: changed
              + [server] banner = ''
              … and 1 more

            Rows (now → after)
              local_auth.db  local_users        12  →  1,204  +1,192
              local_auth.db  local_user_groups   -  →      4

            History
              audit_log: replace loses 1 row (the newest of 2026-11-23 05:59:00 UTC) that came since; merge brings back 1,310, leaves out 2 and loses none

            Schema differences
              column local_users.mail: only in the live database
            """);
  }

  @Test
  void readsTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    String expected = RestorePlanText.of(example());
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(RestorePlanText.of(example())).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void saysSoWhenNothingDiffers() throws Exception {
    PlanScene scene = PlanScene.create(root, SampleSize.SMALL);
    assertThat(RestorePlanText.of(scene.plan()))
        .endsWith("\nNo difference was found between what is live and the backup.\n");
  }

  @Test
  void doesNotSaySoWhenItCannotKnow() throws Exception {
    PlanScene scene = PlanScene.create(root, SampleSize.SMALL);
    Files.writeString(scene.configFile(), "no section here\n");
    assertThat(RestorePlanText.of(scene.plan())).doesNotContain("No difference");
  }

  @Test
  void hasTheSameAsJson() {
    JsonNode document = JsonMapper.shared().readTree(RestorePlanJson.text(example()));
    assertThat(document.path("age_seconds").asInt()).isEqualTo(49 * 3600);
    assertThat(document.path("backup").path("taken_at").asString())
        .isEqualTo("2026-11-21T05:00:00Z");
    assertThat(document.at("/warnings/0/kind").asString()).isEqualTo("newer_rows_lost");
    JsonNode users = document.at("/members/1");
    assertThat(users.path("component").asString()).isEqualTo("users");
    assertThat(users.path("action").asString()).isEqualTo("replace");
    assertThat(users.at("/tables/1/now").isNull()).isTrue();
    assertThat(users.at("/tables/1/after").asInt()).isEqualTo(4);
    assertThat(users.at("/changes/0/kind").asString()).isEqualTo("user");
    assertThat(users.at("/changes/0/appear/total").asInt()).isEqualTo(3);
    assertThat(users.at("/changes/0/appear/names/1").asString()).isEqualTo("jroe");
    assertThat(users.at("/changes/0/change/items/0/fields/1").asString())
        .isEqualTo("privilege_level");
    assertThat(users.at("/access/items/1/direction").asString()).isEqualTo("gains");
    assertThat(users.at("/access/items/0/fields/0/after").isNull()).isTrue();
    assertThat(users.at("/schema/items/0/only_in").asString()).isEqualTo("live");
    assertThat(document.at("/members/0/settings/items/0/now").asString()).isEqualTo(Secret.MASK);
    assertThat(document.at("/members/2/reason").asString()).isEqualTo("it is not in the backup");
    assertThat(document.at("/members/2/history/0/merge/brings_back").asInt()).isEqualTo(1310);
    assertThat(document.at("/members/2/history/0/replace/loses").asInt()).isEqualTo(1);
    assertThat(document.at("/members/2/newer_rows/0/newest").asString())
        .isEqualTo("2026-11-23T05:59:00Z");
  }

  private static RestorePlan example() {
    return new RestorePlan(
        NOW,
        new Origin("fra1", "host", "manual", Instant.parse("2026-11-21T05:00:00Z")),
        List.of(config(), users(), audit()),
        List.of(
            new PlanWarning(
                PlanWarning.Kind.NEWER_ROWS_LOST,
                "audit_trail.db",
                "1 row of audit_log\nnewer than the backup would be lost")));
  }

  private static Member config() {
    return new Member(
        Component.CONFIG,
        "tacacs.conf",
        Action.REPLACE,
        null,
        List.of(),
        List.of(),
        none(),
        new Withdrawn(none(), none()),
        new Capped<>(
            3,
            List.of(
                new Setting("ldap", "bind_password", Secret.MASK, Secret.MASK),
                new Setting("server", "banner", null, ""),
                new Setting("server", "port", "50", "49"))),
        List.of(),
        none());
  }

  private static Member users() {
    return new Member(
        Component.USERS,
        "local_auth.db",
        Action.REPLACE,
        null,
        List.of(
            new Table("local_users", 12L, 1204L),
            new Table("local_user_groups", null, 4L),
            new Table("same", 4L, 4L)),
        List.of(
            new Named(
                NamedKind.USER,
                new Capped<>(3, List.of("jdoe", "jroe", "jfoe")),
                new Capped<>(1, List.of("eve\n\u001b[31m")),
                new Capped<>(
                    1, List.of(new Changed("bob", List.of("password_hash", "privilege_level")))))),
        new Capped<>(
            2,
            List.of(
                new AccessChange(
                    NamedKind.USER,
                    "eve",
                    Direction.LOSES,
                    List.of(
                        new FieldChange("account", "present", null),
                        new FieldChange("privilege_level", "15", null))),
                new AccessChange(
                    NamedKind.USER,
                    "bob",
                    Direction.GAINS,
                    List.of(new FieldChange("privilege_level", "1", "15"))))),
        new Withdrawn(
            new Capped<>(
                3,
                List.of(
                    new Revocation(NamedKind.USER, "bob", Revocation.What.PRIVILEGE_REDUCED),
                    new Revocation(NamedKind.USER, "mal\u001b[31m", Revocation.What.DELETED),
                    new Revocation(NamedKind.USER, "zoe", Revocation.What.DISABLED))),
            new Capped<>(
                1,
                List.of(new Revocation(NamedKind.USER, "jdoe", Revocation.What.PASSWORD_CHANGED)))),
        none(),
        List.of(),
        new Capped<>(
            1, List.of(new SchemaDifference(SchemaItem.column("local_users", "mail"), Side.LIVE))));
  }

  private static Member audit() {
    return new Member(
        Component.AUDIT,
        "audit_trail.db",
        Action.NONE,
        "it is not in the backup",
        List.of(),
        List.of(),
        none(),
        new Withdrawn(none(), none()),
        none(),
        List.of(
            new HistoryRows("audit_log", 1, Instant.parse("2026-11-23T05:59:00Z"), 1310, 2, false)),
        none());
  }

  private static <T> Capped<T> none() {
    return new Capped<>(0, List.of());
  }
}
