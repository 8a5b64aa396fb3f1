package io.sysmonflink.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.AggregateFunction;

/**
 * {@code SPL_VALUES(value)}: Splunk's {@code stats values(field)}: each value of the group once, in
 * lexicographical order of its UTF-8 bytes, as ARRAY&lt;STRING&gt;.
 *
 * <p>The value is a STRING or an ARRAY&lt;STRING&gt;, of which each element counts, as of a
 * multivalue field. NULL is no value; of none the result is NULL.
 *
 * <p>Source of the rules: Splunk's Search Reference on {@code values}.
 */
@FunctionHint(output = @DataTypeHint("ARRAY<STRING>"))
public final class SplValues extends AggregateFunction<String[], SplValues.Seen> {

  private static final long serialVersionUID = 1L;

  private static final Comparator<String> LEXICOGRAPHICAL =
      (one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));

  /** The values of a group so far. */
  public static final class Seen {
    @DataTypeHint("MAP<STRING, BOOLEAN>")
    public Map<String, Boolean> values = new HashMap<>();
  }

  @Override
  public Seen createAccumulator() {
    return new Seen();
  }

  /** Called by Flink; see the class. */
  public void accumulate(Seen seen, @DataTypeHint("STRING") String value) {
    if (value != null) {
      seen.values.put(value, true);
    }
  }

  /** Called by Flink; see the class. */
  public void accumulate(Seen seen, @DataTypeHint("ARRAY<STRING>") String[] values) {
    if (values != null) {
      for (String value : values) {
        accumulate(seen, value);
      }
    }
  }

  /** Called by Flink where a group was gathered in parts. */
  public void merge(Seen seen, Iterable<Seen> parts) {
    for (Seen part : parts) {
      seen.values.putAll(part.values);
    }
  }

  @Override
  public String[] getValue(Seen seen) {
    return seen.values.isEmpty()
        ? null
        : seen.values.keySet().stream().sorted(LEXICOGRAPHICAL).toArray(String[]::new);
  }
}
