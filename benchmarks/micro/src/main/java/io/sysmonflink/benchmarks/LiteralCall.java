package io.sysmonflink.benchmarks;

import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;

/**
 * What the planner tells a function of its call: a column, then literals.
 *
 * @param literals of type STRING
 */
record LiteralCall(FunctionDefinition function, List<String> literals) implements CallContext {

  /** For a function that asks for its call and nothing else. */
  SpecializedFunction.SpecializedContext specialized() {
    return (SpecializedFunction.SpecializedContext)
        Proxy.newProxyInstance(
            LiteralCall.class.getClassLoader(),
            new Class<?>[] {SpecializedFunction.SpecializedContext.class},
            (proxy, method, arguments) -> this);
  }

  @Override
  public boolean isArgumentLiteral(int position) {
    return position > 0;
  }

  @Override
  public boolean isArgumentNull(int position) {
    return false;
  }

  @Override
  public <T> Optional<T> getArgumentValue(int position, Class<T> type) {
    return Optional.of(type.cast(literals.get(position - 1)));
  }

  @Override
  public List<DataType> getArgumentDataTypes() {
    return Collections.nCopies(literals.size() + 1, DataTypes.STRING());
  }

  @Override
  public Optional<DataType> getOutputDataType() {
    return Optional.empty();
  }

  @Override
  public FunctionDefinition getFunctionDefinition() {
    return function;
  }

  @Override
  public String getName() {
    return function.toString();
  }

  @Override
  public DataTypeFactory getDataTypeFactory() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isGroupedAggregation() {
    return false;
  }
}
