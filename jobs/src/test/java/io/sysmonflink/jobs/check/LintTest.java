package io.sysmonflink.jobs.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Samples;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no fault to Flink and yet is one. */
class LintTest {

  private static final String RIGHT =
      """
      SELECT Image, User, Computer AS dest
      FROM sysmon
      WHERE EventCode = 1
        AND WILDCARD_IN(Image, '*x*')
        AND Image IS NOT NULL AND `User` IS NOT NULL AND s.Computer IS NOT NULL
      GROUP BY Image, `User`, Computer
      """
          .replace("Image, User,", "Image, `User`,");

  @Test
  void whatIsRightHasNoFinding() {
    assertThat(lint("detections/sample.sql", RIGHT)).isEmpty();
  }

  /**
   * Each line: what stands in the fourth line's place, and what is found, with its column, {@code
   * &} between; nothing where it is right.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          AND WILDCARD_IN(QueryName, 'a.b/c*')            | 28: 'a.b/c*' can never match: the name of a host has no slash in it & 17: QueryName is always missing: no event of id 1 has it; those of id 22 have
          AND WILDCARD_IN(Computer, '*\\x')               | 27: '*\\x' can never match: the name of a host has no slash in it
          AND WILDCARD_IN(Image, '*/temp/*')              |
          AND WILDCARD_IN(NORMALIZE_PATH(Image), 'C:/a*') | 40: 'C:/a*' can never match: in a normalised path each / is a \\, but in one that begins with a single /
          AND WILDCARD_IN(NORMALIZE_PATH(Image), '//a*')  | 40: '//a*' can never match: in a normalised path each / is a \\, but in one that begins with a single /
          AND WILDCARD_IN(NORMALIZE_PATH(Image), '/tmp/*', '*/temp/*', '\\\\server\\*', '*\\a\\*') |
          AND WILDCARD_IN(NORMALIZE_PATH(Image), '*\\\\a\\\\*') | 40: '*\\\\a\\\\*' can never match: a normalised path has two backslashes at its start only: here \\ needs no escape
          AND WILDCARD_IN(process_name, '*\\cmd.exe')     | 31: '*\\cmd.exe' can never match: a process name is what follows the last \\
          AND WILDCARD_IN(PROCESS_NAME(Image), 'a\\b', 'a\\') | 38: 'a\\b' can never match: a process name is what follows the last \\
          AND WILDCARD_IN(Image)                          | 5: WILDCARD_IN has no pattern, so nothing can match
          AND WILDCARD_IN(Image, '')                      | 24: '' can never match: an empty value is a missing field
          AND WILDCARD_IN(Image, '""*textbin*""')         | 24: '""*textbin*""' can never match: the double quotes are left over from SPL, and here they are text
          AND WILDCARD_IN(Image, '"*x*"')                 | 24: '"*x*"' can never match: the double quotes are left over from SPL, and here they are text
          AND WILDCARD_IN(CommandLine, '"*x.exe"')        |
          AND WILDCARD_IN(CommandLine, '""*x.exe*', '*y""') |
          AND WILDCARD_IN(Image, '*a*', 'b', '*xa.com*')  | 36: warning: '*xa.com*' adds nothing: '*a*' matches all that it does
          AND WILDCARD_IN(Image, '*xa.com*', '*a*')       | 24: warning: '*xa.com*' adds nothing: '*a*' matches all that it does
          AND WILDCARD_IN(Image, 'a*b', 'a*c*b', 'ab', 'a*d') | 31: warning: 'a*c*b' adds nothing: 'a*b' matches all that it does & 40: warning: 'ab' adds nothing: 'a*b' matches all that it does
          AND WILDCARD_IN(Image, 'cmd.exe', 'CMD.EXE')    | 35: warning: 'CMD.EXE' adds nothing: 'cmd.exe' matches all that it does, since case does not count
          AND WILDCARD_IN(Image, 'x', 'x')                | 29: warning: 'x' adds nothing: 'x' matches all that it does
          AND DestinationIp = '1' AND DestinationIp = '2' | 5: DestinationIp is always missing: no event of id 1 has it; those of id 3 have
          AND (1 = 2 OR (Image LIKE '7') OR (2 = 3))      |
          AND (1 BETWEEN 2 AND 3 OR 2 = 3) -- OR          |
          AND (1 = 2 AND 2 = 3 OR 3 = 4)                  | 22: OR beside AND: SQL takes the AND first, SPL's search the OR; say by parentheses what is meant
          AND (1 = 2 OR 2 IS NOT DISTINCT FROM 3 AND 3 = 4) | 12: OR beside AND: SQL takes the AND first, SPL's search the OR; say by parentheses what is meant
          AND (1 = 2 AND LEFT(Image, 1) = 'C' OR 3 = 4)   | 37: OR beside AND: SQL takes the AND first, SPL's search the OR; say by parentheses what is meant
          AND CASE WHEN 1 = 2 OR 2 = 3 THEN TRUE ELSE FALSE END |
          AND `User` <> 'SYSTEM' AND Image <> '${x}'      | 5: warning: User <>: upper and lower case count here, in SPL they do not; WILDCARD_IN ignores them
          AND Image NOT IN ('7', 'a')                     | 5: warning: Image NOT IN: upper and lower case count here, in SPL they do not; WILDCARD_IN ignores them
          """)
  void aSlipInACondition(String condition, String findings) {
    String sql = RIGHT.replace("  AND WILDCARD_IN(Image, '*x*')", condition);

    assertThat(lint("detections/sample.sql", sql))
        .containsExactlyElementsOf(expected("sql/detections/sample.sql:4:", findings));
  }

  /** Each line: a file, its text, and what is found. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          detections/sample.sql      | SELECT Image FROM sysmon GROUP BY s.Image, LOWER(`User`) | 1:35: by-field Image: the WHERE lacks Image IS NOT NULL; SPL's stats drops an event without it & 1:44: by-field LOWER(`User`): the WHERE lacks LOWER(`User`) IS NOT NULL; SPL's stats drops an event without it
          detections/sample.sql      | SELECT Image FROM sysmon WHERE Image IS NOT NULL OR 1 = 2 GROUP BY Image | 1:68: by-field Image: the WHERE lacks Image IS NOT NULL; SPL's stats drops an event without it
          detections/sample.sql      | SELECT p FROM (SELECT *, 1 AS uno FROM (SELECT s.Image AS p FROM sysmon AS s WHERE s.Image IS NOT NULL)) AS x GROUP BY x.p | |
          detections/sample.sql      | SELECT Image FROM (SELECT LOWER(Image) AS Image FROM sysmon WHERE Image IS NOT NULL) GROUP BY Image | 1:95: by-field Image: the WHERE lacks Image IS NOT NULL; SPL's stats drops an event without it
          detections/sample.sql      | SELECT Image AS QueryName FROM sysmon ORDER BY QueryName | |
          detections/other.sql       | SELECT QueryName FROM sysmon | |
          filters/sample_filter.sql  | SELECT * FROM sample WHERE WILDCARD_IN(dest, '*/x') | 1:46: '*/x' can never match: the name of a host has no slash in it
          filters/sample_filter.sql  | SELECT * FROM sample WHERE 1 = 2 AND 1 = 3 OR 2 = 3 | 1:44: OR beside AND: SQL takes the AND first, SPL's search the OR; say by parentheses what is meant
          macros/sysmon.sql          | SELECT * FROM windows_events WHERE WILDCARD_IN(Channel, 'a/b', 'A/B') | 1:64: warning: 'A/B' adds nothing: 'a/b' matches all that it does, since case does not count
          filters/sample_filter.sql  | SELECT Image FROM sample GROUP BY Image | |
          sources/own.sql            | CREATE TEMPORARY TABLE windows_events (EventCode INT) WITH ('connector' = 'sysmon-kafka') | |
          sinks/own/risk_events.sql  | CREATE TEMPORARY TABLE risk_events (id STRING) WITH ('connector' = 'kafka') | |
          sources/own.sql            | CREATE TEMPORARY TABLE windows_events (EventCode INT) WITH ('topic' = 'kafka', 'connector' = 'kafka') | 1:94: warning: connector 'kafka' works, with fewer guarantees than 'sysmon-kafka': offsets that are gone are not told, and records that are still there may be passed over with them; a bounded run waits for open transactions or takes aborted records for events; what was read is not counted, and a second live job of the same group or transactional prefix is not seen
          """)
  void aSlipInAFile(String path, String text, String findings) {
    assertThat(lint(path, text)).containsExactlyElementsOf(expected("sql/" + path + ":", findings));
  }

  private static List<String> expected(String place, String findings) {
    return findings == null
        ? List.of()
        : Stream.of(findings.split(" & ", -1)).map(finding -> place + finding).toList();
  }

  private static List<String> lint(String path, String text) {
    SqlFile file = new SqlFile(path, SqlFile.BUNDLED, text);
    Lint.Parsed parsed = new Lint.Parsed(file, file.parse());
    List<String> findings = new ArrayList<>();
    Check.lints(Catalog.load(SqlFiles.of(Samples.files())).detections())
        .forEach(lint -> lint.check(parsed, finding -> findings.add(finding.toString())));
    return findings;
  }
}
