package io.sysmonflink.functions;

import static io.sysmonflink.functions.InternalArguments.Parameter.STRING;

import java.util.Arrays;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code NORMALIZE_PATH(path)}: one spelling for the ways in which a Windows path is written, so
 * that a pattern like {@code *\temp\*} finds them all. STRING, NULL for NULL.
 *
 * <ol>
 *   <li>Double quotes around the whole path go.
 *   <li>A path that starts with exactly one {@code /} is Linux's and stays as it is.
 *   <li>{@code /} becomes {@code \}, and a run of separators one; at the start a run stays two, the
 *       mark of a UNC path.
 *   <li>A {@code \\?\} or {@code \??\} prefix goes; {@code \\?\UNC\server\share} becomes {@code
 *       \\server\share}.
 * </ol>
 *
 * <p>It shall only add matches. Therefore, where neither a drive nor {@code UNC\} follows the
 * prefix, its last backslash stays: {@code \\?\temp\x} becomes {@code \temp\x}, which {@code
 * *\temp\*} still matches.
 *
 * <p>A path that is normal already is returned itself, and normalising twice changes nothing more.
 * This is an extension of this project: Splunk compares paths as they were logged.
 */
public final class NormalizePath extends ScalarFunction {

  private static final long serialVersionUID = 1L;

  /** The path of the last call: often the very object of the next one, see {@link WildcardIn}. */
  private transient StringData lastPath;

  private transient StringData lastNormal;

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
      lastNormal = normal(path);
      lastPath = path;
    }
    return lastNormal;
  }

  private static StringData normal(StringData path) {
    byte[] bytes = path.toBytes();
    int from = 0;
    int to = bytes.length;
    while (to - from >= 2 && bytes[from] == '"' && bytes[to - 1] == '"') {
      from++;
      to--;
    }
    if (isLinux(bytes, from, to) || hasNormalSeparators(bytes, from, to)) {
      return from == 0 ? path : StringData.fromBytes(Arrays.copyOfRange(bytes, from, to));
    }
    byte[] result = new byte[to - from];
    int length = unifySeparators(bytes, from, to, result);
    int start = skipPrefixes(result, length);
    return StringData.fromBytes(Arrays.copyOfRange(result, start, length));
  }

  private static boolean isLinux(byte[] path, int from, int to) {
    return from < to && path[from] == '/' && (from + 1 == to || path[from + 1] != '/');
  }

  /** Whether steps 3 and 4 would change nothing. */
  private static boolean hasNormalSeparators(byte[] path, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = path[i];
      if (b == '/' || (b == '\\' && i > from + 1 && path[i - 1] == '\\')) {
        return false;
      }
    }
    return prefixLength(path, from, to) == 0;
  }

  private static int unifySeparators(byte[] path, int from, int to, byte[] result) {
    int length = 0;
    for (int i = from; i < to; i++) {
      byte b = path[i] == '/' ? (byte) '\\' : path[i];
      if (b != '\\' || length < 2 || result[length - 1] != '\\') {
        result[length++] = b;
      }
    }
    return length;
  }

  /** Where the path begins once every prefix is off; a prefix may hide another. */
  private static int skipPrefixes(byte[] path, int length) {
    int start = 0;
    int prefix;
    while ((prefix = prefixLength(path, start, length)) > 0) {
      start += prefix;
      if (startsWithUnc(path, start, length)) {
        // Two separators are wanted: the one after "UNC", and its C made another.
        start += 2;
        path[start] = '\\';
      } else if (!startsWithDrive(path, start, length)) {
        start--;
      }
    }
    return start;
  }

  /**
   * The length of a prefix at {@code from}, else 0. {@code \??\} counts with its first separator
   * doubled too: that run is one separator, and no server can be called {@code ??}.
   */
  private static int prefixLength(byte[] path, int from, int to) {
    int at = from;
    while (at < to && path[at] == '\\' && at < from + 2) {
      at++;
    }
    int separators = at - from;
    while (at < to && path[at] == '?') {
      at++;
    }
    int marks = at - from - separators;
    boolean shaped = marks == 1 ? separators == 2 : marks == 2 && separators > 0;
    boolean prefix = shaped && at < to && path[at] == '\\';
    return prefix ? at + 1 - from : 0;
  }

  private static boolean startsWithDrive(byte[] path, int from, int to) {
    return to - from >= 2 && path[from + 1] == ':' && Character.isLetter(path[from]);
  }

  private static boolean startsWithUnc(byte[] path, int from, int to) {
    return to - from >= 4
        && (path[from] | 0x20) == 'u'
        && (path[from + 1] | 0x20) == 'n'
        && (path[from + 2] | 0x20) == 'c'
        && path[from + 3] == '\\';
  }
}
