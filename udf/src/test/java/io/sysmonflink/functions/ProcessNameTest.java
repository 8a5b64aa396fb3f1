package io.sysmonflink.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessNameTest {

  private static final ProcessName FUNCTION = new ProcessName();

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          C:\\Windows\\System32\\cmd.exe | cmd.exe
          C:\\Program Files\\a b.exe     | a b.exe
          \\x                            | x
          \\\\server\\share\\j\u00fc.exe | j\u00fc.exe
          System                         | System
          <unknown process>              | <unknown process>
          -                              | -
          C:/x/cmd.exe                   | C:/x/cmd.exe
          C:\\x\\                        | C:\\x\\
          \\                             | \\
          ''                             | ''
          """)
  void it_is_what_follows_the_last_backslash_or_all(String path, String name) {
    assertThat(FUNCTION.eval(StringData.fromString(path))).isEqualTo(StringData.fromString(name));
  }

  @Test
  void null_stays_null() {
    assertThat(FUNCTION.eval(null)).isNull();
  }
}
