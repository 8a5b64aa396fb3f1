package io.sysmonflink.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCodesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT * FROM t WHERE EventCode = 22                                    | 22
          SELECT * FROM t WHERE `EventCode`=22                                    | 22
          SELECT * FROM t AS s WHERE s.EventCode = 22 GROUP BY x                  | 22
          SELECT * FROM t WHERE 22 = EventCode                                    | 22
          SELECT * FROM t WHERE EventCode IN (1, 22) AND x = 3                    | 1,22
          SELECT * FROM t WHERE x BETWEEN 1 AND 2 AND EventCode = 22              | 22
          SELECT * FROM t WHERE (EventCode = 1 AND a = 2) OR (EventCode = 3)      | 1,3
          SELECT * FROM t WHERE ((EventCode = 1 OR EventCode = 3) AND a = 2)      | 1,3
          SELECT * FROM t WHERE CASE WHEN a AND b THEN c END = 1 AND EventCode = 5| 5
          SELECT * FROM (SELECT * FROM t WHERE EventCode = 22) WHERE a > 3        | 22
          SELECT * FROM t WHERE EventCode = 1 UNION ALL SELECT * FROM t WHERE EventCode = 3 | 1,3
          SELECT * FROM t a JOIN t b ON b.EventCode = 3 AND a.x = b.x WHERE a.EventCode = 1 | 1,3
          SELECT * FROM t WHERE a IN (SELECT a FROM t WHERE EventCode = 3) AND EventCode = 1 | 1,3
          SELECT * FROM t /* WHERE EventCode = 7 */ WHERE EventCode = 22 -- OR a  | 22
          SELECT * FROM t WHERE a = 'WHERE EventCode = 7' AND EventCode = 22      | 22
          SELECT * FROM t WHERE a = 'it''s -- no comment' AND EventCode = 22      | 22
          SELECT * FROM t WHERE EventCode = 22 OR a = 1                           | ""
          SELECT * FROM t WHERE EventCode = 22 AND LEFT(a, 1) = 'b' OR c          | ""
          SELECT * FROM t WHERE NOT EventCode = 22                                | ""
          SELECT * FROM t WHERE EventCode NOT IN (22)                             | ""
          SELECT * FROM t WHERE EventCode > 20                                    | ""
          SELECT * FROM t WHERE EventCode = 22 IS FALSE                           | ""
          SELECT * FROM t WHERE EventCode IN (SELECT c FROM u)                    | ""
          SELECT * FROM t WHERE eventcode = 22                                    | ""
          SELECT * FROM t -- WHERE EventCode = 22                                 | ""
          SELECT EventCode = 22 FROM t                                            | ""
          """)
  void whatAQueryReads(String sql, String codes) {
    assertThat(
            EventCodes.of(sql).stream()
                .flatMap(set -> set.stream().map(String::valueOf))
                .collect(Collectors.joining(",")))
        .isEqualTo(codes);
  }
}
