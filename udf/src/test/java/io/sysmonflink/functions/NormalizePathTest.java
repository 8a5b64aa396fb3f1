package io.sysmonflink.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizePathTest {

  private static final NormalizePath FUNCTION = new NormalizePath();

  // The quote of this table is ' and its separator |, so that a path stands as it is.
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          C:\\Windows\\System32\\cmd.exe      | C:\\Windows\\System32\\cmd.exe
          ''                                  | ''
          System                              | System
          <unknown process>                   | <unknown process>
          -                                   | -
          C:\\                                | C:\\
          \\                                  | \\
          \\SystemRoot\\System32\\smss.exe    | \\SystemRoot\\System32\\smss.exe
          "C:\\x\\cmd.exe"                    | C:\\x\\cmd.exe
          ""C:\\x""                           | C:\\x
          "C:\\x                              | "C:\\x
          C:\\x"                              | C:\\x"
          "                                   | "
          ""                                  | ''
          C:/x/cmd.exe                        | C:\\x\\cmd.exe
          C:\\\\Windows\\\\\\Temp\\x          | C:\\Windows\\Temp\\x
          C:\\Windows/\\/Temp//x\\            | C:\\Windows\\Temp\\x\\
          \\\\server\\share\\x                | \\\\server\\share\\x
          //server/share                      | \\\\server\\share
          \\\\\\\\server\\\\share             | \\\\server\\share
          \\\\?\\C:\\x                        | C:\\x
          \\??\\C:\\x                         | C:\\x
          //?/C:/x                            | C:\\x
          "\\\\?\\C:\\x"                      | C:\\x
          \\\\\\\\?\\\\C:\\\\x                | C:\\x
          \\\\??\\\\C:\\\\x                   | C:\\x
          \\\\?\\UNC\\server\\share           | \\\\server\\share
          \\??\\unc\\server\\share            | \\\\server\\share
          \\\\?\\UNC\\                        | \\\\
          \\\\?\\UNC                          | \\UNC
          \\\\?\\UNC\\?\\C:\\x                | C:\\x
          \\\\?\\??\\C:\\x                    | C:\\x
          \\\\?\\Volume{6b3b}\\Temp\\x        | \\Volume{6b3b}\\Temp\\x
          \\\\?\\temp\\x                      | \\temp\\x
          \\\\?\\                             | \\
          \\?\\C:\\x                          | \\?\\C:\\x
          \\\\.\\pipe\\x                      | \\\\.\\pipe\\x
          /usr/bin/curl                       | /usr/bin/curl
          /tmp//a\\b                          | /tmp//a\\b
          "/usr/bin/curl"                     | /usr/bin/curl
          /                                   | /
          //                                  | \\\\
          C:/Benutzer/J\u00fcrgen/\u65e5\u672c.exe | C:\\Benutzer\\J\u00fcrgen\\\u65e5\u672c.exe
          """)
  void a_path_has_one_spelling(String path, String normal) {
    assertThat(normalize(path)).isEqualTo(normal);
  }

  @Example
  void null_stays_null() {
    assertThat(FUNCTION.eval(null)).isNull();
  }

  @Example
  void a_normal_path_is_returned_itself() {
    for (String path : List.of("C:\\x\\y.exe", "\\\\server\\x", "/usr/bin/x", "", "System")) {
      StringData data = StringData.fromString(path);
      assertThat(FUNCTION.eval(data)).isSameAs(data);
    }
  }

  @Property(tries = 5000)
  void normalising_twice_changes_nothing_more(@ForAll("paths") String path) {
    String once = normalize(path);
    Statistics.collect(once.equals(path));
    assertThat(normalize(once)).isEqualTo(once);
  }

  @Property(tries = 5000)
  void it_only_adds_matches(@ForAll("paths") String path) {
    String normal = normalize(path);
    for (String pattern : List.of("*\\temp\\*", "*\\users\\public\\*", "*\\x.exe", "*temp*")) {
      boolean before = matches(path, pattern);
      Statistics.collect(before);
      if (before) {
        assertThat(matches(normal, pattern)).as("%s on %s", pattern, normal).isTrue();
      }
    }
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(
            "\\",
            "\\",
            "\\\\",
            "/",
            "\"",
            "?",
            "??",
            "\\\\?\\",
            "\\??\\",
            "UNC\\",
            "unc",
            "C:",
            "C:\\",
            "temp\\",
            "Temp",
            "users\\public\\",
            "x.exe",
            "\u00fc",
            ".",
            "*")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  private static String normalize(String path) {
    return FUNCTION.eval(StringData.fromString(path)).toString();
  }

  private static boolean matches(String value, String pattern) {
    return new WildcardIn().eval(StringData.fromString(value), StringData.fromString(pattern));
  }
}
