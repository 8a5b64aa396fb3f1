package io.sysmonflink.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Takes each argument as the type it has, of any length or precision and without a cast, and hands
 * it to the function as Flink's internal data. Type hints on {@code eval} cannot say that: they
 * name one length, to which the planner casts.
 */
final class InternalArguments implements InputTypeStrategy {

  /** One parameter: the types it takes, the type of a bare NULL, and the class eval gets. */
  record Parameter(
      String description,
      DataType typeOfNull,
      Class<?> conversionClass,
      Set<LogicalTypeRoot> roots) {

    static final Parameter STRING =
        new Parameter(
            "a character string",
            DataTypes.STRING(),
            StringData.class,
            Set.of(LogicalTypeRoot.CHAR, LogicalTypeRoot.VARCHAR));

    static final Parameter TIMESTAMP =
        new Parameter(
            "a TIMESTAMP_LTZ or a TIMESTAMP",
            DataTypes.TIMESTAMP_LTZ(3),
            TimestampData.class,
            Set.of(
                LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE));

    static final Parameter INSTANT =
        new Parameter(
            "a TIMESTAMP_LTZ",
            DataTypes.TIMESTAMP_LTZ(3),
            TimestampData.class,
            Set.of(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE));

    static final Parameter INTERVAL =
        new Parameter(
            "an interval of days or smaller units",
            DataTypes.INTERVAL(DataTypes.SECOND(3)),
            Long.class,
            Set.of(LogicalTypeRoot.INTERVAL_DAY_TIME));
  }

  private final List<Parameter> parameters;
  private final ArgumentCount count;
  private final Consumer<CallContext> check;

  private InternalArguments(
      List<Parameter> parameters, ArgumentCount count, Consumer<CallContext> check) {
    this.parameters = parameters;
    this.count = count;
    this.check = check;
  }

  /** A function with exactly these parameters. */
  static InternalArguments of(Parameter... parameters) {
    return new InternalArguments(
        List.of(parameters), ConstantArgumentCount.of(parameters.length), call -> {});
  }

  /** The last parameter may be left out. */
  InternalArguments lastOptional() {
    return new InternalArguments(
        parameters, ConstantArgumentCount.between(parameters.size() - 1, parameters.size()), check);
  }

  /** The last parameter may be repeated, and left out. */
  InternalArguments lastRepeated() {
    return new InternalArguments(
        parameters, ConstantArgumentCount.from(parameters.size() - 1), check);
  }

  /**
   * Adds a look at the call once its types are right, for what only literals show. It throws {@link
   * CallContext#newValidationError}. The planner asks several times, and not always with the
   * literals at hand.
   */
  InternalArguments check(Consumer<CallContext> newCheck) {
    return new InternalArguments(parameters, count, newCheck);
  }

  @Override
  public ArgumentCount getArgumentCount() {
    return count;
  }

  @Override
  public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
    List<DataType> passed = call.getArgumentDataTypes();
    List<DataType> taken = new ArrayList<>(passed.size());
    for (int i = 0; i < passed.size(); i++) {
      Parameter parameter = parameter(i);
      LogicalType type = passed.get(i).getLogicalType();
      if (type.is(LogicalTypeRoot.NULL)) {
        taken.add(parameter.typeOfNull.bridgedTo(parameter.conversionClass));
      } else if (parameter.roots.contains(type.getTypeRoot())) {
        taken.add(passed.get(i).bridgedTo(parameter.conversionClass));
      } else {
        return call.fail(
            throwOnFailure,
            "Argument %d must be %s, not %s.",
            i + 1,
            parameter.description,
            type.asSummaryString());
      }
    }
    // Without throwOnFailure the planner only asks for the type of a NULL.
    if (throwOnFailure) {
      check.accept(call);
    }
    return Optional.of(taken);
  }

  @Override
  public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
    List<Signature.Argument> arguments = new ArrayList<>();
    for (Parameter parameter : parameters) {
      arguments.add(Signature.Argument.of(parameter.description));
    }
    boolean repeated = count.getMaxCount().isEmpty();
    if (repeated) {
      Parameter last = parameters.get(parameters.size() - 1);
      arguments.set(arguments.size() - 1, Signature.Argument.ofVarying(last.description));
    }
    List<Signature> signatures = new ArrayList<>();
    int least = repeated ? arguments.size() : count.getMinCount().orElse(arguments.size());
    for (int size = least; size <= arguments.size(); size++) {
      signatures.add(Signature.of(arguments.subList(0, size)));
    }
    return signatures;
  }

  /** The return type of a text function: STRING, nullable if an argument is. */
  static Optional<DataType> nullableString(CallContext call) {
    boolean nullable =
        call.getArgumentDataTypes().stream().anyMatch(t -> t.getLogicalType().isNullable());
    DataType string = DataTypes.STRING().bridgedTo(StringData.class);
    return Optional.of(nullable ? string : string.notNull());
  }

  private Parameter parameter(int position) {
    return parameters.get(Math.min(position, parameters.size() - 1));
  }
}
