package io.sysmonflink.functions;

import java.util.List;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.InputGroup;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.types.Row;

/**
 * {@code LACKS_FIELDS('detection', 'Image, dest', ROW(Image, Computer, condition, ...))}: whether
 * an event lacks a field that a search groups by, as BOOLEAN NOT NULL; one that does is counted, if
 * it meets the conditions. One that does not meet them gives TRUE, too.
 *
 * <p>It stands last in a search: {@code WHERE ... AND NOT LACKS_FIELDS(...)}, so that only events
 * count that meet all else. Flink's planner moves what begins with NOT behind other conditions, and
 * {@code IS NOT NULL} behind that; hence the NOT, and hence conditions of that kind are arguments.
 * The fields come as they are, since of {@code Image IS NOT NULL} it would make TRUE where another
 * condition asks for it; and in a ROW, since it takes a call apart that has a CASE for an argument.
 *
 * <p>Metrics, in the group {@code sysmon.detection.NAME}: {@code lackingFields}, the events that
 * lack any; and in a group {@code field.NAME} of it, for each field, the same of those that lack
 * that one. They are there where detection and fields are literals.
 */
public final class LacksFields extends ScalarFunction implements SpecializedFunction {

  private static final long serialVersionUID = 1L;

  /** The detection of this call, or null. */
  private final String detection;

  private final List<String> fields;

  private transient Counter lacking;
  private transient Counter[] lackingField;

  public LacksFields() {
    this(null, List.of());
  }

  private LacksFields(String detection, List<String> fields) {
    this.detection = detection;
    this.fields = fields;
  }

  /** Takes the names of this call, since a metric must exist before it counts. */
  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    Optional<String> name = literal(call, 0);
    Optional<String> names = literal(call, 1);
    return name.isPresent() && names.isPresent()
        ? new LacksFields(name.get(), fields(names.get()))
        : this;
  }

  private static Optional<String> literal(CallContext call, int position) {
    return call.isArgumentLiteral(position)
        ? call.getArgumentValue(position, String.class)
        : Optional.empty();
  }

  private static List<String> fields(String names) {
    return List.of(names.split(", ", -1));
  }

  @Override
  public void open(FunctionContext context) {
    if (detection == null) {
      return;
    }
    MetricGroup metrics =
        context.getMetricGroup().addGroup("sysmon").addGroup("detection", detection);
    lacking = metrics.counter("lackingFields");
    lackingField =
        fields.stream()
            .map(field -> metrics.addGroup("field", field).counter("lackingFields"))
            .toArray(Counter[]::new);
  }

  /** Called by Flink; see the class. */
  public @DataTypeHint("BOOLEAN NOT NULL") boolean eval(
      String name, String names, @DataTypeHint(inputGroup = InputGroup.ANY) Object values) {
    Row row = (Row) values;
    int count = detection == null ? fields(names).size() : fields.size();
    for (int i = count; i < row.getArity(); i++) {
      if (!Boolean.TRUE.equals(row.getField(i))) {
        return true;
      }
    }
    boolean lacks = false;
    for (int i = 0; i < count; i++) {
      if (row.getField(i) == null) {
        lacks = true;
        if (lackingField != null) {
          lackingField[i].inc();
        }
      }
    }
    if (lacks && lacking != null) {
      lacking.inc();
    }
    return lacks;
  }

  /** It counts, so it must be called just where it stands. */
  @Override
  public boolean isDeterministic() {
    return false;
  }
}
