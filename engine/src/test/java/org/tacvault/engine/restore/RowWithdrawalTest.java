package org.tacvault.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.restore.Revocation.What;
import org.tacvault.engine.sqlite.ExactValue;

class RowWithdrawalTest {
  private static final NamedRow NONE = new NamedRow(false, Map.of());

  @ParameterizedTest
  @CsvSource({"1,15,true", "15,1,false", "7,7,false", ",15,true", "fifteen,15,true", "15,x,true"})
  void countsAPrivilegeThatIsLessOrCannotBeTold(String now, String then, boolean isReduced) {
    RowWithdrawal row = user("privilege_level", now, then);
    assertThat(row.what().contains(What.PRIVILEGE_REDUCED)).isEqualTo(isReduced);
    assertThat(row.values().containsKey("privilege_level")).isEqualTo(isReduced);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "['b','a']; ['a','b','c']; ['b','a']",
        "['c','x']; ['a','c']; ['c']",
        "[]; ['a']; []",
        "; ['a']; []",
        "['x']; ['a']; []",
        "['a','b']; ['b']; none",
        "['a','b']; ['b','a']; none",
        "['a']; []; none",
        "broken; ['a']; broken",
        "['a']; broken; ['a']"
      })
  void leavesAUserOnlyTheGroupsThatAreLeft(@Nullable String now, String then, String kept) {
    RowWithdrawal row = user("groups", json(now), json(then));
    assertThat(ExactValue.text(row.values().get("groups")))
        .isEqualTo(kept.equals("none") ? null : json(kept));
    assertThat(row.what().contains(What.GROUPS_WITHDRAWN)).isEqualTo(!kept.equals("none"));
  }

  @Test
  void countsADeletedUserOnlyWhenTheBackupHasItEnabled() {
    assertThat(RowWithdrawal.of(NamedKind.USER, NONE, row("enabled", "1")).isGone()).isTrue();
    assertThat(RowWithdrawal.of(NamedKind.USER, NONE, row("enabled", "0")).what()).isEmpty();
    assertThat(RowWithdrawal.of(NamedKind.USER, row("enabled", "0"), NONE).what()).isEmpty();
    assertThat(RowWithdrawal.of(NamedKind.USER_GROUP, NONE, row("metadata", "{}")).isGone())
        .isTrue();
    assertThat(RowWithdrawal.of(NamedKind.DEVICE, NONE, row("tacacs_secret", "s")).what())
        .isEmpty();
    assertThat(RowWithdrawal.of(NamedKind.DEVICE_GROUP, NONE, row("metadata", "{}")).what())
        .isEmpty();
  }

  @Test
  void countsAUserThatIsDisabledNowAndNotOneThatWasThen() {
    assertThat(user("enabled", "0", "1").what()).containsExactly(What.DISABLED);
    assertThat(user("enabled", "1", "0").what()).isEmpty();
  }

  @Test
  void keepsBothColumnsOfAPasswordThatChanged() {
    NamedRow now = new NamedRow(true, exact(Map.of("password_hash", "new")));
    NamedRow then = new NamedRow(true, exact(Map.of("password", "old", "password_hash", "new")));
    now.fields().put("password", null);
    RowWithdrawal row = RowWithdrawal.of(NamedKind.USER, now, then);
    assertThat(row.what()).containsExactly(What.PASSWORD_CHANGED);
    assertThat(row.values()).containsEntry("password", null);
    assertThat(row.values()).containsEntry("password_hash", "text:new");
    assertThat(user("password", "", null).what()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        // A user group's privilege.
        "USER_GROUP; {'privilege_level':1,'x':1}; {'privilege_level':15,'x':2};"
            + " PRIVILEGE_REDUCED; {'privilege_level':1,'x':2}",
        "USER_GROUP; {}; {'x':2,'privilege_level':15}; PRIVILEGE_REDUCED; {'x':2}",
        "USER_GROUP; {'privilege_level':15}; {'privilege_level':1}; ; none",
        "USER_GROUP; broken; {'privilege_level':15}; METADATA_UNREADABLE; broken",
        "USER_GROUP; broken; {'x':15}; ; none",
        "USER_GROUP; {'privilege_level':1}; broken; METADATA_UNREADABLE; {'privilege_level':1}",
        "USER_GROUP; broken; {; ; none",
        // Secrets, at whatever depth; everything else is the backup's.
        "DEVICE; {'tacacs_secret':'new','a':1}; {'a':2.50,'tacacs_secret':'old','z':[1]};"
            + " TACACS_SECRET_CHANGED; {'a':2.50,'tacacs_secret':'new','z':[1]}",
        "DEVICE; {'radius_secret':'new'}; {}; RADIUS_SECRET_CHANGED; {'radius_secret':'new'}",
        "DEVICE; {}; {'radius_secret':'old'}; RADIUS_SECRET_CHANGED; {}",
        "DEVICE; ; {'radius_secret':'old'}; RADIUS_SECRET_CHANGED; {}",
        "DEVICE; {'c':{'tacacs_secret':'new'}}; {'c':{'tacacs_secret':'old','k':1}};"
            + " TACACS_SECRET_CHANGED; {'c':{'tacacs_secret':'new','k':1}}",
        "DEVICE; {'c':7}; {'c':{'tacacs_secret':'old'}}; TACACS_SECRET_CHANGED; {'c':{}}",
        "DEVICE; {'tacacs_secret':'b'}; {'tacacs_secret':'b','tacacs_secret':'a'};"
            + " TACACS_SECRET_CHANGED; {'tacacs_secret':'b'}",
        "DEVICE; {'tacacs_secret':'b'}; {'n':NaN,'tacacs_secret':'a'};"
            + " TACACS_SECRET_CHANGED; {'n':NaN,'tacacs_secret':'b'}",
        "DEVICE; {'a':1}; {'a':2}; ; none",
        "DEVICE; {'tacacs_secret':''}; {}; ; none",
        "DEVICE; broken; {'c':{'tacacs_secret':'old'}}; METADATA_UNREADABLE; broken",
        // User groups that a device group lets in.
        "DEVICE_GROUP; {'allowed_user_groups':['a']}; {'allowed_user_groups':['a','b']};"
            + " ACCESS_WITHDRAWN; {'allowed_user_groups':['a']}",
        "DEVICE_GROUP; {'allowed_user_groups':['c']}; {'allowed_user_groups':['b']};"
            + " ACCESS_WITHDRAWN; {'allowed_user_groups':['c']}",
        "DEVICE_GROUP; {'allowed_user_groups':['a','b']}; {'allowed_user_groups':['b']}; ; none",
        "DEVICE_GROUP; {'allowed_user_groups':[]}; {'allowed_user_groups':['b']}; ; none",
        "DEVICE_GROUP; {}; {'allowed_user_groups':['b']}; ; none",
        "DEVICE_GROUP; {'allowed_user_groups':['a']}; {}; ; none",
        "USER_GROUP; {'tacacs_secret':'new'}; {'tacacs_secret':'old'}; ; none"
      })
  void changesOfTheMetadataOnlyWhatWasWithdrawn(
      NamedKind kind, @Nullable String now, String then, @Nullable What what, String kept) {
    RowWithdrawal row =
        RowWithdrawal.of(kind, row("metadata", json(now)), row("metadata", json(then)));
    assertThat(row.what()).isEqualTo(what == null ? java.util.Set.of() : java.util.Set.of(what));
    assertThat(ExactValue.text(row.values().get("metadata")))
        .isEqualTo(kept.equals("none") ? null : json(kept));
  }

  @Test
  void findsEverythingThatWasWithdrawnAtOnce() {
    NamedRow now =
        new NamedRow(
            true,
            exact(
                Map.of(
                    "enabled", "0",
                    "privilege_level", "1",
                    "groups", "[]",
                    "password", "p",
                    "password_hash", "q")));
    NamedRow then =
        new NamedRow(
            true,
            exact(
                Map.of(
                    "enabled", "1",
                    "privilege_level", "15",
                    "groups", "[\"a\"]",
                    "password", "r",
                    "password_hash", "s")));
    RowWithdrawal row = RowWithdrawal.of(NamedKind.USER, now, then);
    assertThat(row.what())
        .containsExactly(
            What.DISABLED, What.PRIVILEGE_REDUCED, What.GROUPS_WITHDRAWN, What.PASSWORD_CHANGED);
    assertThat(row.values()).isEqualTo(now.fields());
  }

  private static RowWithdrawal user(String column, @Nullable String now, @Nullable String then) {
    return RowWithdrawal.of(NamedKind.USER, row(column, now), row(column, then));
  }

  private static NamedRow row(String column, @Nullable String value) {
    Map<String, @Nullable String> fields = new HashMap<>();
    fields.put(column, value == null ? null : ExactValue.ofText(value));
    return new NamedRow(true, fields);
  }

  private static Map<String, @Nullable String> exact(Map<String, String> texts) {
    Map<String, @Nullable String> fields = new HashMap<>();
    texts.forEach((column, text) -> fields.put(column, ExactValue.ofText(text)));
    return fields;
  }

  /** CSV has single quotes of its own. */
  private static @Nullable String json(@Nullable String text) {
    return text == null ? null : text.replace('\'', '"');
  }
}
