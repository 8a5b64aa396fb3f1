package io.sysmonflink.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.bytes.Latin1;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import io.sysmonflink.decode.fast.JsonParsersTest;
import io.sysmonflink.decode.fast.XmlParsersTest;
import io.sysmonflink.decode.frame.RecordFramer;
import io.sysmonflink.decode.parse.FastPath;
import io.sysmonflink.decode.row.ScanTally;
import io.sysmonflink.decode.skip.ProvenJsonId;
import io.sysmonflink.decode.skip.ProvenJsonIdTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Events of every shape with bytes changed at random. Whatever comes out, nothing throws, nothing
 * goes uncounted, no neighbour is lost, blocks do not matter, and plain equals fast.
 *
 * <p>A sample runs in the build. Millions: {@code ./mvnw -pl udf -Dtest=DecoderFuzzTest
 * -Dfuzz.mutations=5000000 test}, and {@code -Dfuzz.seed=N} for others, or to see a failure again.
 */
class DecoderFuzzTest {

  private static final int MUTATIONS = Integer.getInteger("fuzz.mutations", 20_000);
  private static final long SEED = Long.getLong("fuzz.seed", 1);

  /** So many mutated records make a log. */
  private static final int BATCH = 50;

  /** So many of them are of one sample. */
  private static final int ALIKE = 5;

  private static final SampleEvent EVENT =
      new SampleEvent(
          22,
          Instant.parse("2024-11-01T00:00:00.123Z"),
          "Microsoft-Windows-Sysmon",
          "Microsoft-Windows-Sysmon/Operational",
          "host.example.com",
          4711,
          Map.of(
              "QueryName", "bücher.例.example.com",
              "QueryStatus", "0",
              "QueryResults", "type:  5 a.example.net;::ffff:192.0.2.1;",
              "Image", "C:\\Program Files\\R&D <1>\\a \"b\".exe"));

  /** The same with a value longer than the parsers' buffers are at first. */
  private static final SampleEvent LONG_EVENT =
      new SampleEvent(
          22,
          EVENT.time(),
          EVENT.provider(),
          EVENT.channel(),
          EVENT.computer(),
          4712,
          Map.of("QueryName", "x", "Image", LongValues.of(new Random(1), 700).replace('\t', ' ')));

  private static final List<byte[]> SAMPLES =
      Stream.of(LONG_EVENT, EVENT)
          .flatMap(event -> Arrays.stream(SampleShape.values()).map(shape -> shape.write(event)))
          .map(DecoderFuzzTest::utf8)
          .toList();

  /** The two of each that are XML. */
  private static final List<byte[]> XML_SAMPLES =
      List.of(
          SAMPLES.get(0),
          SAMPLES.get(1),
          SAMPLES.get(SAMPLES.size() / 2),
          SAMPLES.get(SAMPLES.size() / 2 + 1));

  private static final List<byte[]> TOKENS =
      List.of(
              "<Event>",
              "</Event>",
              "<Event",
              "<System>",
              "</System>",
              "<EventID>1</EventID>",
              "<Data Name='Image'>",
              "</Data>",
              "<!--",
              "-->",
              "<![CDATA[",
              "]]>",
              "<?",
              "?>",
              "&lt;",
              "&#65;",
              "&#0;",
              "&x;",
              "{",
              "}",
              "[",
              "]",
              "},{",
              "}{",
              "\"",
              "\\",
              "\\u0000",
              "\\ud800",
              "\n",
              "\r\n",
              "\n{",
              "\n}",
              "\nNov 20 h: ",
              "[{",
              "\u0001",
              "&#x1;",
              ",",
              ":",
              "\"EventID\":1,",
              "\"eventID\":\"2\",",
              "\"event_id\":22",
              "\"event_id\":1",
              "\"code\":22,",
              "\"\\u0065vent_id\":22,",
              "\\u00",
              "ventID",
              "event_id",
              "\"event\":{",
              "\"winlog\":{}",
              "null",
              "1e9",
              "\uFEFF",
              "\uFFFF",
              "'",
              "=",
              "/>",
              " a='b'")
          .stream()
          .map(DecoderFuzzTest::utf8)
          .toList();

  /** What names or hides an id in one shape or another, all of one id until it is mutated. */
  private static final byte[] WITH_OTHER_KEYS =
      utf8(
          "{\"event\":{\"code\":\"1\",\"kind\":\"event\"},\"winlog\":{\"event_id\":\"1\",\"channel\":\"a,"
              + " \\\"EventID\\\":22 \\u003cb\\u003e C:\\\\users\\\\u0045"
              + " \"},\"message\":\"Event\"}");

  private static final String NEIGHBOUR =
      "<Event><System><EventID>22</EventID><TimeCreated SystemTime='2024-11-01T00:00:00Z'/>"
          + "<Computer>neighbour</Computer></System><EventData></EventData></Event>";

  private static final EventIds WANTED = EventIds.of(Set.of(22));

  private static final DecodingSettings PLAIN =
      DecodingSettings.of(Rows.TYPE, WANTED, 1 << 20, TimeFrom.LOG).withFastPaths(false);

  @Test
  void nothingThrowsAndNothingIsLost() {
    String neighbour = Rows.of(NEIGHBOUR, WANTED).texts().get(0);
    for (long seed = SEED; seed < SEED + MUTATIONS / BATCH; seed++) {
      byte[] log = log(new Random(seed));
      Rows rows = Rows.of(log, WANTED, TimeFrom.LOG, 1 << 20);
      ScanTally tally = rows.tally();
      long skipped = tally.skipped().values().stream().mapToLong(Long::longValue).sum();
      assertThat(tally.decoded() + tally.deadLetterCount() + skipped)
          .as("records, seed %d", seed)
          .isEqualTo(tally.records());
      assertThat(rows.texts())
          .as("neighbours, seed %d", seed)
          .filteredOn(neighbour::equals)
          .hasSize(BATCH);
      assertThat(Rows.of(log, PLAIN, 1 << 20).texts())
          .as("without fast paths, seed %d", seed)
          .isEqualTo(rows.texts());
      assertThat(Rows.of(log, WANTED, TimeFrom.LOG, 1 + new Random(seed).nextInt(3_000)).texts())
          .as("in blocks, seed %d", seed)
          .isEqualTo(rows.texts());
    }
  }

  /** Some alike in a row, so that layouts are known and a fast path is asked before an id. */
  @Test
  void plainEqualsFast() {
    PlainAndFast decoders = new PlainAndFast(WANTED);
    for (long seed = SEED; seed < SEED + MUTATIONS / ALIKE; seed++) {
      Random random = new Random(seed);
      byte[] sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
      ByteArrayOutputStream log = new ByteArrayOutputStream();
      for (int i = 0; i < ALIKE; i++) {
        log.writeBytes(random.nextInt(3) == 0 ? mutated(sample, random) : sample);
        log.write('\n');
      }
      decoders.requireSame(log.toByteArray());
    }
  }

  @Test
  void theFastParserAgreesWithAaltoOnWhatItTakes() {
    int taken = 0;
    for (long seed = SEED; seed < SEED + MUTATIONS; seed++) {
      Random random = new Random(seed);
      byte[] sample = XML_SAMPLES.get(random.nextInt(XML_SAMPLES.size()));
      // Both parsers are given UTF-8 only.
      String event = new String(mutated(sample, random), StandardCharsets.UTF_8);
      String fast = XmlParsersTest.fast(event);
      if (fast != null) {
        taken++;
        assertThat(fast).as("seed %d: %s", seed, event).isEqualTo(XmlParsersTest.plain(event));
      }
    }
    assertThat(taken).isGreaterThan(MUTATIONS / 100);
  }

  @Test
  void theFastParserAgreesWithJacksonOnWhatItTakes() {
    List<byte[]> samples = new ArrayList<>(SAMPLES);
    samples.addAll(List.of(utf8(JsonParsersTest.WINLOGBEAT), utf8(JsonParsersTest.NXLOG)));
    int taken = 0;
    FastPath newer = JsonParsersTest.newParser();
    for (long seed = SEED; seed < SEED + 2L * MUTATIONS; seed++) {
      Random random = new Random(seed);
      // Half of them those that it is made for.
      byte[] sample = samples.get(samples.size() - 1 - random.nextInt(random.nextInt(2) * 17 + 2));
      String record = new String(mutated(sample, random), StandardCharsets.UTF_8);
      String fast = JsonParsersTest.fast(record);
      assertThat(fast).as("seed %d", seed).isEqualTo(JsonParsersTest.fastAtFirst(record));
      if (seed % 8 == 0) { // few events before, so that most values were the same in all of them
        newer = JsonParsersTest.newParser();
        JsonParsersTest.fast(newer, new String(sample, StandardCharsets.UTF_8));
      }
      assertThat(fast).as("seed %d", seed).isEqualTo(JsonParsersTest.fast(newer, record));
      if (fast != null) {
        taken++;
        assertThat(fast).as("seed %d: %s", seed, record).isEqualTo(JsonParsersTest.plain(record));
      }
    }
    assertThat(taken).isGreaterThan(MUTATIONS / 10);
  }

  @Test
  void anIdThatIsToldWithoutParsingIsTheIdThatParsingTells() {
    int told = 0;
    for (long seed = SEED; seed < SEED + MUTATIONS; seed++) {
      Random random = new Random(seed);
      byte[] record = mutated(SAMPLES.get(random.nextInt(SAMPLES.size())), random);
      byte[] twin = mutated(WITH_OTHER_KEYS, random);
      for (byte[] each : List.of(record, twin)) {
        String text = Latin1.view(each, each.length);
        ProvenJsonId proven = new ProvenJsonId();
        proven.reset(each, each.length);
        RecordFramer framer = new RecordFramer(1 << 20);
        framer.reset(text, true);
        while (framer.next()) {
          if (framer.kind() != RecordFramer.Kind.JSON) {
            continue;
          }
          int id = proven.of(framer.start(), framer.end());
          int parsed = ProvenJsonIdTest.parsed(each, framer.start(), framer.end());
          if (id != EventIds.NOT_AN_ID) {
            told++;
            assertThat(parsed).as("seed %d: %s", seed, text).isIn(id, EventIds.NOT_AN_ID);
          }
        }
      }
    }
    assertThat(told).isGreaterThan(MUTATIONS / 10);
  }

  private static byte[] log(Random random) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    for (int i = 0; i < BATCH; i++) {
      log.writeBytes(mutated(SAMPLES.get(random.nextInt(SAMPLES.size())), random));
      log.writeBytes(utf8("\n" + NEIGHBOUR + "\n"));
    }
    return log.toByteArray();
  }

  private static byte[] mutated(byte[] sample, Random random) {
    byte[] bytes = sample;
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int from = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, from + (random.nextInt(4) == 0 ? random.nextInt(60) : 1));
      List<byte[]> parts = new ArrayList<>();
      parts.add(Arrays.copyOf(bytes, from));
      switch (random.nextInt(6)) {
        case 0 -> parts.add(new byte[] {(byte) random.nextInt(256)}); // other bytes
        case 1 -> {} // none
        case 2 -> { // twice
          parts.add(Arrays.copyOfRange(bytes, from, to));
          parts.add(Arrays.copyOfRange(bytes, from, to));
        }
        case 3 -> parts.add(TOKENS.get(random.nextInt(TOKENS.size())));
        case 4 -> { // as they were, and something before them
          parts.add(TOKENS.get(random.nextInt(TOKENS.size())));
          parts.add(Arrays.copyOfRange(bytes, from, to));
        }
        default -> to = random.nextInt(10) == 0 ? bytes.length : to; // cut off
      }
      parts.add(Arrays.copyOfRange(bytes, to, bytes.length));
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      parts.forEach(joined::writeBytes);
      bytes = joined.toByteArray();
    }
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
