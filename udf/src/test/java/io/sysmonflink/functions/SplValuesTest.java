package io.sysmonflink.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MiniClusterExtension.class)
class SplValuesTest {

  /** U+FF5E comes before the emoji U+1F600 in UTF-8 and after it in UTF-16. */
  private static final String ROWS =
      """
      FROM (VALUES
        ('g', 'b', ARRAY['y', 'x']), ('g', 'a', ARRAY['x']), ('g', 'b', CAST(NULL AS ARRAY<STRING>)),
        ('g', 'B', ARRAY[CAST(NULL AS STRING), 'z']), ('g', '', ARRAY['x']), ('g', 'a b', ARRAY['x']),
        ('g', U&'\\D83D\\DE00', ARRAY['x']), ('g', U&'\\FF5E', ARRAY['x']),
        ('none', CAST(NULL AS STRING), CAST(NULL AS ARRAY<STRING>))) AS t (k, v, vs)
      """;

  @Test
  void eachValueOnceInTheOrderOfItsBytes() {
    List<Row> rows =
        SqlSession.open(RuntimeExecutionMode.BATCH)
            .rows("SELECT k, SPL_VALUES(v), SPL_VALUES(vs) " + ROWS + " GROUP BY k");

    assertThat(rows)
        .containsExactlyInAnyOrder(
            row(
                "g",
                List.of("", "B", "a", "a b", "b", "\uFF5E", "\uD83D\uDE00"),
                List.of("x", "y", "z")),
            Row.of("none", null, null));
  }

  /** What two parallel tasks gathered of one group is put together. */
  @Test
  void partsOfAGroupMerge() {
    SplValues function = new SplValues();
    SplValues.Seen one = function.createAccumulator();
    function.accumulate(one, "b");
    SplValues.Seen other = function.createAccumulator();
    function.accumulate(other, new String[] {"b", "a", null});
    SplValues.Seen whole = function.createAccumulator();

    function.merge(whole, Arrays.asList(one, function.createAccumulator(), other));

    assertThat(function.getValue(whole)).containsExactly("a", "b");
  }

  private static Row row(String key, List<String> one, List<String> many) {
    return Row.of(key, one.toArray(String[]::new), many.toArray(String[]::new));
  }
}
