package io.sysmonflink.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sysmonflink.jobs.sql.Condition.And;
import io.sysmonflink.jobs.sql.Condition.Comparison;
import io.sysmonflink.jobs.sql.Condition.Not;
import io.sysmonflink.jobs.sql.Condition.NullTest;
import io.sysmonflink.jobs.sql.Condition.OneOf;
import io.sysmonflink.jobs.sql.Condition.Operator;
import io.sysmonflink.jobs.sql.Condition.Or;
import io.sysmonflink.jobs.sql.Condition.WildcardList;
import io.sysmonflink.jobs.sql.Expression.Column;
import io.sysmonflink.jobs.sql.Expression.FunctionOf;
import io.sysmonflink.jobs.sql.Expression.Literal;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

  /** Each line: a condition, and how it is written again. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          EventCode = 22 and Image is not null                | EventCode = 22 AND Image IS NOT NULL
          a = 1 AND (b = 2 AND c = 3)                         | a = 1 AND b = 2 AND c = 3
          a = 1 OR b = 2 AND c = 3                            | a = 1 OR (b = 2 AND c = 3)
          (a = 1 OR b = 2) AND c = 3                          | (a = 1 OR b = 2) AND c = 3
          wildcard_in(`Image`, '*x*', 'it''s')                | WILDCARD_IN(Image, '*x*', 'it''s')
          WILDCARD_IN(PROCESS_NAME(s.Image), 'cmd.exe')       | WILDCARD_IN(PROCESS_NAME(s.Image), 'cmd.exe')
          NOT WILDCARD_IN(a, 'x')                             | NOT (WILDCARD_IN(a, 'x'))
          EventCode NOT IN (1, 22)                            | NOT (EventCode IN (1, 22))
          22 <= a                                             | 22 <= a
          a <> -1                                             | a <> -1
          a IS NULL                                           | a IS NULL
          `group` = `my dest`                                 | `group` = `my dest`
          a = TRUE AND b                                      | a = TRUE AND (`b`)
          a BETWEEN 1 AND 2 AND b = 3                         | (`a` BETWEEN ASYMMETRIC 1 AND 2) AND b = 3
          a + 1 > 2                                           | (`a` + 1) > 2
          f(DISTINCT a) = 1                                   | (`f`(DISTINCT `a`)) = 1
          WILDCARD_IN(a, b) AND c = 1                         | (`WILDCARD_IN`(`a`, `b`)) AND c = 1
          """)
  void isWrittenAsItIsRead(String sql, String written) {
    Condition condition = Conditions.parse(sql);

    assertThat(condition.toSql()).isEqualTo(written);
    assertThat(Conditions.parse(written)).isEqualTo(condition);
  }

  @Test
  void theModelSaysWhatIsCompared() {
    assertThat(
            Conditions.parse(
                "EventCode = 22 AND (WILDCARD_IN(Image, '*x*') OR NOT PROCESS_NAME(Image) IS NULL)"))
        .isEqualTo(
            new And(
                List.of(
                    new Comparison(Column.of("EventCode"), Operator.EQUAL, Literal.of(22)),
                    new Or(
                        List.of(
                            new WildcardList(Column.of("Image"), List.of("*x*")),
                            new Not(
                                new NullTest(
                                    new FunctionOf("PROCESS_NAME", List.of(Column.of("Image"))),
                                    true)))))));
  }

  @Test
  void hostileTextIsRefusedAndNeverOverflowsTheStack() {
    String wide = String.join(" OR ", Collections.nCopies(400, "a = 'x'"));
    assertThat(((Or) Conditions.parse(wide)).parts()).hasSize(400);

    String deep = "(".repeat(100_000) + "a = 1" + ")".repeat(100_000);
    assertThatThrownBy(() -> Conditions.parse(deep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> Conditions.parse("a = ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 1000)
  void whatIsWrittenReadsAsTheSame(@ForAll("conditions") Condition condition) {
    assertThat(Conditions.parse(condition.toSql())).as(condition.toSql()).isEqualTo(condition);
  }

  @Provide
  Arbitrary<Condition> conditions() {
    return conditions(3);
  }

  private static Arbitrary<Condition> conditions(int depth) {
    Arbitrary<Condition> leaf =
        Arbitraries.oneOf(
            Combinators.combine(values(2), Arbitraries.of(Operator.values()), values(2))
                .as(Comparison::new),
            Combinators.combine(values(2), texts().list().ofMinSize(1).ofMaxSize(3))
                .as(WildcardList::new),
            Combinators.combine(values(1), values(1).list().ofMinSize(1).ofMaxSize(3))
                .as(OneOf::new),
            Combinators.combine(values(2), Arbitraries.of(true, false)).as(NullTest::new),
            Arbitraries.of("a BETWEEN 1 AND 2", "b LIKE 'x%'", "EXISTS (SELECT c FROM t)")
                .map(Conditions::parse));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Condition> below = conditions(depth - 1);
    Arbitrary<List<Condition>> several = below.list().ofMinSize(2).ofMaxSize(3);
    return Arbitraries.oneOf(
        leaf, below.map(Not::new), several.map(And::new), several.map(Or::new));
  }

  private static Arbitrary<Expression> values(int depth) {
    Arbitrary<String> names =
        Arbitraries.of("Image", "process_name", "group", "my dest", "_time", "it`s", "Größe");
    Arbitrary<Expression> leaf =
        Arbitraries.oneOf(
            Combinators.combine(Arbitraries.of("s", "order").optional(), names).as(Column::new),
            texts().map(Literal::new),
            Arbitraries.of("0", "22", "-1", "1.50", "123456789012345678901234567890")
                .map(number -> new Literal(new BigDecimal(number))),
            Arbitraries.of(true, false).map(Literal::new));
    return depth == 0
        ? leaf
        : Arbitraries.oneOf(
            leaf,
            Combinators.combine(
                    Arbitraries.of("PROCESS_NAME", "UPPER", "f"),
                    values(depth - 1).list().ofMinSize(1).ofMaxSize(2))
                .as(FunctionOf::new));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "*x*", "it's", "\\\\server\\*", "--", "${key}", "a\nb", "Ü"),
        Arbitraries.strings().ofMaxLength(5).filter(text -> !text.contains("\0")));
  }
}
