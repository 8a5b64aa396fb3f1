package io.sysmonflink.functions;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.StaticArgumentTrait;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * {@code FIRST_SIGHT(input => TABLE t PARTITION BY id, uid => '...')}: of each partition the first
 * row, once; the output is append-only whatever becomes of the row. It has the partition's columns,
 * then the others in their order.
 *
 * <p>That a partition was seen is forgotten when it was idle for {@code table.exec.state.ttl}. For
 * streaming only: Flink has no process table functions in batch.
 */
public final class FirstSight extends ProcessTableFunction<Row> {

  private static final long serialVersionUID = 1L;

  private static final String INPUT = "input";

  /** The state of a partition. */
  public static final class Seen {
    public boolean seen;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory typeFactory) {
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    state.put(
        "seen", StateTypeStrategy.of(call -> Optional.of(typeFactory.createDataType(Seen.class))));
    return TypeInference.newBuilder()
        .staticArguments(
            StaticArgument.table(
                INPUT,
                Row.class,
                false,
                EnumSet.of(
                    StaticArgumentTrait.TABLE,
                    StaticArgumentTrait.SET_SEMANTIC_TABLE,
                    StaticArgumentTrait.SUPPORT_UPDATES)))
        .stateTypeStrategies(state)
        .outputTypeStrategy(FirstSight::otherColumns)
        .build();
  }

  /** Called by Flink for each change; see the class. */
  public void eval(Context context, Seen state, Row input) {
    boolean present = input.getKind() == RowKind.INSERT || input.getKind() == RowKind.UPDATE_AFTER;
    if (present && !state.seen) {
      state.seen = true;
      TableSemantics semantics = context.tableSemanticsFor(INPUT);
      Row others = Row.project(input, otherColumns(semantics, input.getArity()));
      others.setKind(RowKind.INSERT);
      collect(others);
    }
  }

  // Flink itself puts the partition's columns before those that the function gives.
  private static Optional<DataType> otherColumns(CallContext call) {
    return call.getTableSemantics(0)
        .map(
            semantics -> {
              DataType row = semantics.dataType();
              int[] others = otherColumns(semantics, DataType.getFieldCount(row));
              return Projection.of(others).project(row);
            });
  }

  private static int[] otherColumns(TableSemantics semantics, int columns) {
    int[] partition = semantics.partitionByColumns();
    return IntStream.range(0, columns)
        .filter(column -> Arrays.stream(partition).noneMatch(key -> key == column))
        .toArray();
  }
}
