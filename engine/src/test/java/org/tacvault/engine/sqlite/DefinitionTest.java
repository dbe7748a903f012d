package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
  @Test
  void whiteSpaceBetweenWordsIsNoDifference() {
    assertThat(Definition.normal(" CREATE  VIEW\n\tv AS\r\nSELECT 1 "))
        .isEqualTo("CREATE VIEW v AS SELECT 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a  b'",
        "SELECT 'it''s  so', \"a  b\", `a  b`, [a  b]",
        "BEGIN -- it's\nDELETE FROM t; END",
        "SELECT /* a  'b */ 1"
      })
  void quotedTextsAndCommentsStayAsTheyAre(String sql) {}

  @Test
  void aLineThatIsCommentedOutIsADifference() {
    assertThat(Definition.normal("BEGIN -- x\n DELETE FROM t; END"))
        .isNotEqualTo(Definition.normal("BEGIN -- x DELETE FROM t;\n END"));
  }
}
