package io.sysmonflink.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SqlTest {

  @Property(tries = 200)
  void aUnionHoldsEachQueryOnceAndIsShallow(@ForAll @IntRange(min = 1, max = 300) int count) {
    List<String> queries = IntStream.range(0, count).mapToObj(i -> "SELECT " + i).toList();

    String union = Sql.unionAll(queries);

    assertThat(Arrays.stream(union.split("\nUNION ALL\n")).map(q -> q.replaceAll("[()]", "")))
        .isEqualTo(queries);
    assertThat(depth(union)).isLessThanOrEqualTo(8); // 2 to the 9th are more than 300
  }

  private static int depth(String sql) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < sql.length(); i++) {
      depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    assertThat(depth).isZero();
    return deepest;
  }
}
