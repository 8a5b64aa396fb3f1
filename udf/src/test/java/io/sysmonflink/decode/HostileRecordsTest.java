package io.sysmonflink.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks on the decoder, a few MiB each: what becomes of them, that the event behind each is read,
 * and that time and memory stay in proportion. A quadratic scan of these sizes takes hours, so the
 * time limit is far from both.
 */
class HostileRecordsTest {

  private static final int SIZE = 3 << 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What may be allocated for a byte of input: the row, its copies, Jackson's tree. */
  private static final long MAX_ALLOCATED_PER_BYTE = 150;

  private static final long MAX_ALLOCATED_PER_RECORD = 5_000;

  private static final String HEAD = "<Event><System><EventID>22</EventID></System><EventData>";
  private static final String DATA =
      "<Event><System><EventID>22</EventID><TimeCreated"
          + " SystemTime='2024-11-01T00:00:00Z'/></System><EventData><Data Name='QueryName'";
  private static final String TAIL = "</EventData></Event>";
  private static final String ROW = "22|2024-11-01T00:00:00Z|null|null|null|null|";
  private static final String REPAIRED = ROW + "\uFFFD|null|null|null";
  private static final String JSON = "{\"EventID\":22,\"UtcTime\":\"2024-11-01 00:00:00\",";

  static Stream<Arguments> attacks() {
    return Stream.of(
        // What an event may not hold.
        arguments("entity bomb", bomb(), "dtd,malformed_xml"),
        arguments(
            "entity unknown",
            DATA + ">" + times("&lol;", 200_000) + "</Data>" + TAIL,
            "malformed_xml"),
        arguments("elements nested deep", HEAD + times("<a>", 300_000) + TAIL, "too_deep"),
        arguments(
            "objects nested deep",
            times("{\"a\":", 150_000) + "1" + times("}", 150_000),
            "too_deep"),
        arguments(
            "arrays nested deep",
            "{\"a\":" + times("[", 400_000) + times("]", 400_000) + "}",
            "too_deep"),
        arguments(
            "wrappers in wrappers", times("{\"event\":", 5) + "{}" + times("}", 5), "too_deep"),
        // Odd, but nothing wrong with it.
        arguments(
            "ten thousand attributes",
            DATA + numbered(" a%d='1'", 10_000) + ">x</Data>" + TAIL,
            "malformed_xml"),
        arguments(
            "sixty thousand attributes behind a quote in a comment",
            "<Event><!-- ' -->"
                + DATA.substring(7)
                + numbered(" a%d='1'", 60_000)
                + ">x</Data>"
                + TAIL,
            "malformed_xml"),
        arguments(
            "many elements of as many attributes as are let through",
            "<Event><!-- x -->"
                + DATA.substring(7)
                + ">x</Data>"
                + times("<a " + numbered(" a%d=''", 256) + "/>", 300)
                + TAIL,
            ROW + "x|null|null|null"),
        arguments(
            "fields that no column has",
            DATA + ">x</Data>" + numbered("<Data Name='f%d'>1</Data>", 30_000) + TAIL,
            ROW + "x|null|null|null"),
        arguments(
            "escapes",
            DATA
                + ">"
                + times("&amp;", 4)
                + "</Data>"
                + numbered("<Data Name='f%d'>&lt;</Data>", 20_000)
                + TAIL,
            ROW + "&&&&|null|null|null"),
        arguments(
            "keys of one hash",
            JSON + colliding(14) + "\"QueryName\":\"x\"}",
            ROW + "x|null|null|null"),
        arguments(
            "half a surrogate pair, escaped",
            JSON + "\"QueryName\":\"\\ud800\"}",
            ROW + "?|null|null|null"),
        // Twice, or no value at all.
        arguments(
            "an attribute again and again",
            DATA + times(" a='1'", 10_000) + "/>" + TAIL,
            "malformed_xml"),
        arguments(
            "a key again and again",
            "{" + times("\"a\":1,", 100_000) + "\"a\":1}",
            "duplicate_field"),
        arguments(
            "a huge key twice",
            "{\"" + times("k", 400_000) + "\":1,\"" + times("k", 400_000) + "\":1}",
            "duplicate_field"),
        arguments("a huge number", "{\"EventID\":" + times("9", 900_000) + "}", "malformed_json"),
        arguments(
            "a huge number as text",
            "{\"EventID\":\"" + times("9", 900_000) + "\"}",
            "no_event_id"),
        arguments("a huge exponent", "{\"EventID\":1e999999999}", "no_event_id"),
        arguments("NUL in XML", DATA + ">\0</Data>" + TAIL, REPAIRED),
        arguments("NUL in JSON", JSON + "\"a\":\"\0\"}", "malformed_json"),
        arguments("half a surrogate pair by number", DATA + ">&#xD800;</Data>" + TAIL, REPAIRED),
        arguments(
            "half a surrogate pair in UTF-8",
            DATA + ">\u00ED\u00A0\u0080</Data>" + TAIL,
            "invalid_utf8"),
        arguments("a slash in two bytes", DATA + ">\u00C0\u00AF</Data>" + TAIL, "invalid_utf8"),
        arguments(
            "a comment without an end",
            HEAD + "<!--" + times("-", 900_000) + TAIL,
            "malformed_xml"),
        arguments(
            "a quote without an end", DATA + " a='" + times("x", 900_000) + TAIL, "malformed_xml"),
        // Larger than a record, in pieces of a MiB.
        arguments("text without a closing tag", HEAD + times("x", SIZE), "4 too_large"),
        arguments("a string without an end", "{\"a\":\"" + times("x", SIZE), "4 too_large"),
        arguments("NULs", times("\0", SIZE), "3 not_an_event"),
        arguments("open brackets", times("<", SIZE), "3 not_an_event"),
        arguments("braces on a line", times("{", SIZE), "3 too_large"),
        arguments(
            "an array on a line, never closed",
            "[{" + times("\"a\":[{},", SIZE / 8),
            "4 too_large"),
        // Very many records.
        arguments("openings of events", times("<Event>", SIZE / 7), SIZE / 7 + " truncated"),
        arguments("openings of events, no more", times("<Event", SIZE / 6) + "s", "4 not_an_event"),
        arguments("ends of events", times("</Event>", SIZE / 8), "3 not_an_event"),
        arguments("empty objects on a line", times("{}", SIZE / 16), SIZE / 16 + " no_event_id"),
        arguments(
            "an object, then separators",
            times("{},", 1_000) + times(" ,", SIZE / 2),
            "1000 no_event_id"),
        arguments("braces, one a line", times("{\n", SIZE / 16), SIZE / 16 + " truncated"),
        arguments("closing braces", "{\n" + times("\"}\n", SIZE / 3), null),
        arguments("lists that are opened, one a line", times("{\"a\":[\n", SIZE / 7), null),
        arguments(
            "objects in a list without an end", "{\"a\":[\n" + times("{},\n", SIZE / 64), null),
        arguments("a brace behind text, one a line", times("x {\n", SIZE / 4), "3 not_an_event"),
        arguments("an object behind text, cut off", times("x {\"a\n", SIZE / 16), null),
        arguments("text without an event", times("x ", SIZE / 2), "3 not_an_event"),
        arguments(
            "long texts before events", times("x".repeat(8_000) + "<Event>", SIZE / 8_007), null),
        arguments("blank lines after a brace", "{\"a\":1}" + times("\n", SIZE), null),
        arguments(
            "paths as keys", "{" + numbered("\"a.b.c.%d\":1,", 40_000) + "\"b\":1}", "no_event_id"),
        arguments(
            "a path as deep as it is long", "{\"" + times("a.", 400_000) + "\":1}", "no_event_id"),
        arguments("lists of records in lists", nested("{\"records\":[", 6, "]}"), "too_deep"),
        arguments(
            "a list of records that are none",
            "{\"records\":[" + times("0,", 60_000) + "0]}",
            "60001 not_an_event"),
        arguments(
            "wrappers that do not read, in each other",
            nested("{\"message\":\"{\",\"body\":", 60, "}", "1"),
            null),
        arguments(
            "a message of lines",
            "{\"EventID\":22,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"Message\":\""
                + times("a: b\\n", 120_000)
                + "\"}",
            "no_event_data"),
        arguments(
            "control characters", DATA + ">" + times("\u0001", 900_000) + "</Data>" + TAIL, null),
        arguments(
            "references to none", DATA + ">" + times("&#1;", 200_000) + "</Data>" + TAIL, null),
        arguments("brackets of arrays", times("[", SIZE), "0 "),
        arguments("banners", times("Record 1\n", SIZE / 9), "0 "),
        arguments("marks of folding", times("- ", SIZE / 2), "3 not_an_event"),
        arguments("blanks", times(" ", SIZE), "0 "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void costsNoMoreThanItsSizeAndHidesNoNeighbour(String name, String attack, String expected) {
    String neighbour = DATA + ">neighbour</Data>" + TAIL;
    byte[] log = latin1(attack, "\n", neighbour);
    Rows rows =
        assertTimeoutPreemptively(
            LIMIT,
            () -> {
              ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
              long before = memory.getCurrentThreadAllocatedBytes();
              Rows read = Rows.of(log, EventIds.of(Set.of(22)), TimeFrom.LOG, 1 << 20);
              long allocated = memory.getCurrentThreadAllocatedBytes() - before;
              assertThat(allocated)
                  .as("allocated for %d bytes", log.length)
                  .isLessThan(
                      (1 << 24)
                          + MAX_ALLOCATED_PER_BYTE * log.length
                          + MAX_ALLOCATED_PER_RECORD * read.texts().size());
              return read;
            });
    int last = rows.texts().size() - 1;
    assertThat(rows.texts().get(last)).isEqualTo(ROW + "neighbour|null|null|null");
    assertThat(rows.messages()).allSatisfy(message -> assertThat(message).hasSizeLessThan(500));
    if (expected == null) {
      return;
    }
    if (Character.isDigit(expected.charAt(0))
        && expected.indexOf(' ') > 0
        && !expected.contains("|")) {
      String type = expected.substring(expected.indexOf(' ') + 1);
      assertThat(last).isEqualTo(Integer.parseInt(expected.substring(0, expected.indexOf(' '))));
      assertThat(rows.texts().subList(0, last)).allMatch(type::equals);
    } else {
      assertThat(String.join(",", rows.texts().subList(0, last))).isEqualTo(expected);
    }
  }

  /** Each character a byte. */
  private static byte[] latin1(String... texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String text : texts) {
      bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return bytes.toByteArray();
  }

  private static String times(String text, int count) {
    return text.repeat(count);
  }

  private static String nested(String begin, int count, String end) {
    return nested(begin, count, end, "1");
  }

  private static String nested(String begin, int count, String end, String inner) {
    return times(begin, count) + inner + times(end, count);
  }

  private static String numbered(String format, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(format.formatted(i));
    }
    return text.toString();
  }

  private static String bomb() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"lol\">");
    for (int i = 1; i < 10; i++) {
      bomb.append("<!ENTITY a%d \"%s\">".formatted(i, times("&a" + (i - 1) + ";", 10)));
    }
    return bomb + "]>\n" + DATA + ">&a9;</Data>" + TAIL;
  }

  /** Members whose names all have the same String.hashCode. */
  private static String colliding(int bits) {
    StringBuilder members = new StringBuilder();
    IntStream.range(0, 1 << bits)
        .forEach(
            n -> {
              members.append('"');
              for (int bit = 0; bit < bits; bit++) {
                members.append((n >> bit & 1) == 0 ? "Aa" : "BB");
              }
              members.append("\":1,");
            });
    return members.toString();
  }
}
