package io.sysmonflink.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterColumnsTest {

  /** Each line: a filter, and the by-field that it changes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT * FROM x                                                    |
          SELECT Image, dest, `count` FROM x                                 |
          SELECT x.Image, x.dest FROM x                                      |
          SELECT Image AS Image, x.`dest` AS dest FROM x                     |
          SELECT CAST(dest AS STRING) AS dest FROM x                         |
          SELECT Image, firstTime || 'Z' AS firstTime FROM x                 |
          SELECT UPPER(dest) AS dest, Image FROM x                           | dest
          SELECT Image, UPPER(dest) dest FROM x                              | dest
          SELECT Image, UPPER(dest) AS `dest` FROM x                         | dest
          SELECT Image AS dest FROM x                                        | dest
          SELECT CAST(Image AS STRING) AS dest FROM x                        | dest
          SELECT 'a' AS Image FROM x                                         | Image
          SELECT * FROM (SELECT UPPER(dest) AS dest, Image FROM x)           | dest
          SELECT Image, dest FROM (SELECT LOWER(Image) AS Image FROM x) AS y | Image
          SELECT CASE WHEN a = 'x' THEN 'y' ELSE dest END AS dest FROM x     | dest
          SELECT SUBSTRING(dest FROM 2) AS dest FROM x                       | dest
          SELECT TRIM(',' FROM dest) AS dest FROM x                          | dest
          SELECT dest FROM x UNION ALL SELECT UPPER(dest) AS dest FROM x     |
          """)
  void theTextTellsWhetherAByFieldIsChanged(String filter, String changed) {
    assertThat(FilterColumns.changed(filter, List.of("Image", "dest")))
        .isEqualTo(Optional.ofNullable(changed));
  }
}
