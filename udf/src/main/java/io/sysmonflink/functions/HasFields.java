package io.sysmonflink.functions;

import java.util.List;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.CallContext;

/**
 * {@code HAS_FIELDS('detection', 'Image, dest', Image IS NOT NULL, Computer IS NOT NULL)}: whether
 * an event has all that a search groups by, as BOOLEAN NOT NULL; one that has not is counted. To be
 * the last of a search's conditions, so that only events count that meet all others.
 *
 * <p>Metrics, in the group {@code sysmon.detection.NAME}: {@code lackingFields}, the events that
 * lack any; and in a group {@code field.NAME} of it, for each field, the same of those that lack
 * that one. They are there where detection and fields are literals.
 */
public final class HasFields extends ScalarFunction implements SpecializedFunction {

  private static final long serialVersionUID = 1L;

  /** Of this call, or null. */
  private final String detection;

  private final List<String> fields;

  private transient Counter lacking;
  private transient Counter[] lackingField;

  public HasFields() {
    this(null, List.of());
  }

  private HasFields(String detection, List<String> fields) {
    this.detection = detection;
    this.fields = fields;
  }

  /** Takes the names of this call, since a metric is to be there before it counts. */
  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    Optional<String> name = literal(call, 0);
    Optional<String> names = literal(call, 1);
    return name.isPresent() && names.isPresent()
        ? new HasFields(name.get(), List.of(names.get().split(", ", -1)))
        : this;
  }

  private static Optional<String> literal(CallContext call, int position) {
    return call.isArgumentLiteral(position)
        ? call.getArgumentValue(position, String.class)
        : Optional.empty();
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
      String name, String names, Boolean... present) {
    boolean all = true;
    for (int i = 0; i < present.length; i++) {
      if (!Boolean.TRUE.equals(present[i])) {
        all = false;
        if (lackingField != null && i < lackingField.length) {
          lackingField[i].inc();
        }
      }
    }
    if (!all && lacking != null) {
      lacking.inc();
    }
    return all;
  }

  /** It counts, so it must be called just where it stands. */
  @Override
  public boolean isDeterministic() {
    return false;
  }
}
