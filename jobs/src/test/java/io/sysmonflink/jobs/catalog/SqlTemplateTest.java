package io.sysmonflink.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTemplateTest {

  private static final Map<String, String> VALUES = Map.of("a", "1", "quoted", "it's ` \"x\" ${a}");

  @Test
  void aValueIsPutWithinQuotesAndItsQuotesDoubled() {
    assertThat(render("SELECT 'x${quoted}y', `${quoted}`, '${a}${a}'"))
        .isEqualTo("SELECT 'xit''s ` \"x\" ${a}y', `it's `` \"x\" ${a}`, '11'");
  }

  @Test
  void commentsAreLeftAlone() {
    String sql = "-- ${none} it's\nSELECT /* ${none} ' */ 1 // ${none}\n";
    assertThat(render(sql)).isEqualTo(sql);
  }

  @Test
  void aHintIsNoComment() {
    assertThat(render("SELECT * FROM t /*+ OPTIONS('k'='${a}') */"))
        .isEqualTo("SELECT * FROM t /*+ OPTIONS('k'='1') */");
  }

  @Test
  void aDollarThatStartsNoKeyIsText() {
    String sql = "SELECT * FROM t WHERE WILDCARD_IN(x, '*${jndi:*', '$a', '${}')";
    assertThat(render(sql)).isEqualTo(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1\nFROM ${a}",
        "SELECT 'x'\n, ${a}, 'y'",
        "SELECT 'it''s'\n, \"${a}\"",
        "SELECT '--'\n, ${a}",
        "SELECT `'`\n, ${a} -- '",
        // In these two, a backslash in the value would not stay a backslash.
        "SELECT 1,\n E'${a}'",
        "SELECT 1,\n U&'${a}'"
      })
  void aKeyOutsideQuotesIsAnError(String sql) {
    assertThatThrownBy(() -> render(sql))
        .isInstanceOf(UserError.class)
        .hasMessage("sql/macros/m.sql:2: ${a} may stand only inside '...' or `...`");
  }

  @Test
  void anEscapedQuoteInACStyleLiteralDoesNotEndIt() {
    assertThatThrownBy(() -> render("SELECT E'\\' ${a}', '${a}'")).isInstanceOf(UserError.class);
  }

  @Test
  void aKeyWithoutValueIsAnErrorThatNamesFileLineAndKey() {
    assertThatThrownBy(() -> render("SELECT\n\n '${mine}'"))
        .isInstanceOf(UserError.class)
        .hasMessage("sql/macros/m.sql:3: ${mine} has no value: give --set mine=VALUE");
  }

  private static String render(String sql) {
    return new SqlTemplate(new SqlFile("macros/m.sql", SqlFile.BUNDLED, sql)).render(VALUES);
  }
}
