package io.sysmonflink.functions;

import static io.sysmonflink.functions.InternalArguments.Parameter.STRING;

import io.sysmonflink.wildcards.WildcardPattern;
import io.sysmonflink.wildcards.WildcardPatterns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code WILDCARD_IN(value, pattern, ...)}: Splunk's {@code search field IN (pattern, ...)}, as
 * BOOLEAN NOT NULL.
 *
 * <p>True if one pattern matches the whole value. {@code *} is the only wildcard: any run of
 * characters, an empty one and line ends too. All else stands for itself, {@code ? _ % . [} and the
 * backslash too; nothing escapes a {@code *}. Case does not count, see {@link WildcardPattern}.
 *
 * <p>A value that is NULL gives FALSE, never NULL: in Splunk a missing field fails every
 * comparison, and {@code NOT field IN (...)} is true of it.
 *
 * <p>Value and patterns are CHAR or VARCHAR. A pattern that is NULL or empty is an error: while
 * planning if it is a literal, else when a row brings it.
 *
 * <p>Source of the rules: Splunk's Search Manual on {@code search}, wildcards and case.
 */
public final class WildcardIn extends ScalarFunction implements SpecializedFunction {

  private static final long serialVersionUID = 1L;

  /** Distinct patterns that are kept where patterns come from a column. */
  private static final int CACHED_PATTERNS = 1024;

  /** The patterns of the call if all are literals, else null. */
  private final WildcardPatterns compiled;

  private transient Map<String, WildcardPattern> cache;

  /**
   * The value of the last call: often the very object of the next one, as a reader of logs gives
   * the same one for a text that comes again.
   */
  private transient StringData lastValue;

  private transient boolean lastMatched;

  public WildcardIn() {
    this(null);
  }

  private WildcardIn(WildcardPatterns compiled) {
    this.compiled = compiled;
  }

  /** Compiles the patterns of this call once and for all, if all are literals. */
  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    List<String> patterns = new ArrayList<>();
    for (int i = 1; i < call.getArgumentDataTypes().size(); i++) {
      Optional<String> pattern = literal(call, i);
      if (pattern.isEmpty()) {
        return this;
      }
      patterns.add(pattern.get());
    }
    return new WildcardIn(WildcardPatterns.of(patterns));
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory typeFactory) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(
            InternalArguments.of(STRING, STRING).lastRepeated().check(WildcardIn::checkPatterns))
        .outputTypeStrategy(call -> Optional.of(DataTypes.BOOLEAN().notNull()))
        .build();
  }

  /** Called by Flink; see the class. */
  public boolean eval(StringData value, StringData... patterns) {
    if (compiled == null) {
      return matchesAny(value, compile(patterns));
    }
    if (value == null) {
      return false;
    }
    if (value != lastValue) {
      lastMatched = compiled.anyMatches(value);
      lastValue = value;
    }
    return lastMatched;
  }

  private static boolean matchesAny(StringData value, WildcardPattern[] patterns) {
    if (value == null) {
      return false;
    }
    byte[] folded = WildcardPattern.fold(value.toBytes());
    for (WildcardPattern pattern : patterns) {
      if (pattern.matches(folded)) {
        return true;
      }
    }
    return false;
  }

  private WildcardPattern[] compile(StringData[] patterns) {
    if (cache == null) {
      cache = new HashMap<>();
    }
    WildcardPattern[] result = new WildcardPattern[patterns.length];
    for (int i = 0; i < patterns.length; i++) {
      String pattern = patterns[i] == null ? null : patterns[i].toString();
      result[i] = cache.get(pattern);
      if (result[i] == null) {
        String mistake = mistake(pattern, i + 1);
        if (mistake != null) {
          throw new IllegalArgumentException(mistake);
        }
        if (cache.size() >= CACHED_PATTERNS) {
          cache.clear();
        }
        result[i] = WildcardPattern.compile(pattern);
        cache.put(pattern, result[i]);
      }
    }
    return result;
  }

  private static void checkPatterns(CallContext call) {
    if (call.getArgumentDataTypes().size() == 1) {
      throw call.newValidationError("WILDCARD_IN: argument 2 is missing: it needs a pattern.");
    }
    for (int i = 1; i < call.getArgumentDataTypes().size(); i++) {
      Optional<String> pattern = literal(call, i);
      if (pattern.isPresent() || call.isArgumentNull(i)) {
        String mistake = mistake(pattern.orElse(null), i);
        if (mistake != null) {
          throw call.newValidationError("%s", mistake);
        }
      }
    }
  }

  private static Optional<String> literal(CallContext call, int position) {
    return call.isArgumentLiteral(position)
        ? call.getArgumentValue(position, String.class)
        : Optional.empty();
  }

  private static String mistake(String pattern, int position) {
    if (pattern == null) {
      return "WILDCARD_IN: argument " + (position + 1) + " is NULL where a pattern must be.";
    }
    if (pattern.isEmpty()) {
      return "WILDCARD_IN: argument " + (position + 1) + " is an empty pattern.";
    }
    return null;
  }
}
