package io.sysmonflink.functions;

import static io.sysmonflink.functions.InternalArguments.Parameter.STRING;

import java.util.Arrays;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code PROCESS_NAME(path)}: the text after the last backslash, and the whole value if there is
 * none or nothing follows it ({@code System}, {@code <unknown process>}, {@code -}). STRING, NULL
 * for NULL.
 *
 * <p>This is {@code process_name} as Splunk's add-on for Sysmon makes it of Image. It takes the
 * path as it is: say {@code PROCESS_NAME(NORMALIZE_PATH(Image))} for paths with forward slashes.
 */
public final class ProcessName extends ScalarFunction {

  private static final long serialVersionUID = 1L;

  /** The path of the last call: often the very object of the next one, see {@link WildcardIn}. */
  private transient StringData lastPath;

  private transient StringData lastName;

  @Override
  public TypeInference getTypeInference(DataTypeFactory typeFactory) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(InternalArguments.of(STRING))
        .outputTypeStrategy(InternalArguments::nullableString)
        .build();
  }

  /** Called by Flink; see the class. */
  public StringData eval(StringData path) {
    if (path == null) {
      return null;
    }
    if (path != lastPath) {
      lastName = name(path);
      lastPath = path;
    }
    return lastName;
  }

  private static StringData name(StringData path) {
    byte[] bytes = path.toBytes();
    int name = bytes.length;
    while (name > 0 && bytes[name - 1] != '\\') {
      name--;
    }
    if (name == 0 || name == bytes.length) {
      return path;
    }
    return StringData.fromBytes(Arrays.copyOfRange(bytes, name, bytes.length));
  }
}
