package io.sysmonflink.decode.fast;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.LongValues;
import io.sysmonflink.decode.PlainAndFast;
import io.sysmonflink.decode.PlainParsers;
import io.sysmonflink.decode.bytes.Latin1;
import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.parse.FastPath;
import io.sysmonflink.decode.skip.ProvenXmlId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast parser takes what Windows writes, and never disagrees with Aalto on what it takes. */
public class XmlParsersTest {

  private static final PlainAndFast BOTH = new PlainAndFast(EventIds.all());

  private static final String EVENT =
      "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
          + "<Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385f}'/>"
          + "<EventID Qualifiers=\"\">22</EventID><Version>5</Version><Correlation/>"
          + "<TimeCreated SystemTime='2021-09-22T13:18:31.589696800Z'/>"
          + "<EventRecordID>1342872</EventRecordID><Channel>Sysmon/Operational</Channel>"
          + "<Computer>dc.attackrange.test</Computer><Security UserID='S-1-5-18'/></System>"
          + "<EventData><Data Name='RuleName'>-</Data>"
          + "<Data Name='UtcTime'>2021-09-22 13:18:31.147</Data>"
          + "<Data Name='QueryName'>a]b &amp; &lt;c&gt; é \uD83D\uDE00</Data>"
          + "<Data Name='QueryResults'></Data><Data Name='Image' />"
          + "<Data Name='user'>NT AUTHORITY\\SYSTEM</Data></EventData></Event>";

  private static final String NO_EVENT_ID = "NO_EVENT_ID: no EventID inside System";

  private static final List<String> COLUMNS =
      List.of("RuleName", "UtcTime", "QueryName", "QueryResults", "Image", "User");

  private static final EventColumns EVENT_COLUMNS =
      new EventColumns(COLUMNS, Set.of("RuleName", "QueryName", "QueryResults", "Image", "User"));

  /** Longer than the parsers' buffers are at first, and than they grow by one step. */
  private static final List<String> LONG =
      Stream.of(300, 1_100)
          .map(length -> LongValues.of(new Random(length), length))
          .map(value -> value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
          .toList();

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVENT,
        "<Event><System><EventID>1</EventID></System><EventData></EventData></Event>",
        "<Event>\n  <System>\n    <EventID>1</EventID>\n  </System>\n  <EventData>\r\n"
            + "<Data Name=\"A\">b\nc</Data>\n  </EventData>\n</Event>"
      })
  void fastParserTakesWhatWindowsWrites(String event) {
    assertThat(fast(event)).isNotNull().isEqualTo(plain(event));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- -->",
        "<![CDATA[x]]>",
        "&#65;",
        "\r",
        "]]>",
        "\u0001",
        "\uFFFF",
        "<b/>",
        "&x;",
        "&"
      })
  void fastParserLeavesTheUnusualToAalto(String piece) {
    assertThat(fast(EVENT.replace("<Data Name='RuleName'>-", "<Data Name='RuleName'>" + piece)))
        .isNull();
  }

  @Property(tries = 20_000)
  void agreeOnMutatedEvents(@ForAll("mutated") String event) {
    BOTH.requireSame(event);
    String fast = fast(event);
    if (fast != null) {
      assertThat(fast).isEqualTo(plain(event));
    }
  }

  @Property(tries = 20_000)
  void whatWasReadBeforeChangesNothing(@ForAll("mutated") String event) {
    assertThat(fast(event)).isEqualTo(new Fast().read(event));
  }

  /** Few events before, so that most values were the same in all of them. */
  @Property(tries = 5_000)
  void whatWasReadJustBeforeChangesNothing(
      @ForAll @Size(min = 2, max = 5) List<@From("mutated") String> events) {
    Fast parser = new Fast();
    parser.read(EVENT);
    for (String event : events) {
      assertThat(parser.read(event)).isEqualTo(new Fast().read(event));
    }
  }

  @Property(tries = 20_000)
  void aProvenIdIsTheId(@ForAll("mutated") String event) {
    String text = Latin1.view(utf8(event), utf8(event).length);
    int proven = ProvenXmlId.ofXml(text, 0, text.length());
    String parsed = plain(event);
    if (proven != EventIds.NOT_AN_ID && parsed.startsWith("[")) {
      assertThat(parsed).startsWith("[" + proven + ",");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<", "<EventID", "<EventID>", "<EventID>22", "<EventID>22<"})
  void anEventThatEndsEarlyProvesNoId(String rest) {
    String text = "<Event><System>" + rest;
    assertThat(ProvenXmlId.ofXml(text, 0, text.length())).isEqualTo(EventIds.NOT_AN_ID);
  }

  /** The event with pieces put in, put over, or cut out. */
  @Provide
  Arbitrary<String> mutated() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "",
            "<",
            ">",
            "&",
            "'",
            "\"",
            "/",
            "/>",
            "]]>",
            "]",
            "]]",
            "&lt;",
            "&gt;",
            "&#65;",
            "&#x0;",
            "&x;",
            "\r",
            "\n",
            "\t",
            "\u0001",
            "\u007f",
            "\u0085",
            "\uFFFE",
            "é",
            "=",
            " ",
            "x",
            "1",
            "<!-- -->",
            "<![CDATA[<x>]]>",
            "<?p?>",
            "<Data Name='Image'>y</Data>",
            "<Data Name='User'/>",
            "<EventID>1</EventID>",
            "<System>",
            "</System>",
            " Name='x'",
            " a='b'",
            " xmlns='y'",
            "<b>",
            "</b>",
            "<Channel/>",
            "a:b",
            "</Data>",
            "<EventID",
            LONG.get(0),
            LONG.get(1));
    Arbitrary<Integer> places = Arbitraries.integers().between(0, EVENT.length() - 1);
    Arbitrary<Mutation> mutations =
        Combinators.combine(places, Arbitraries.of(0, 0, 1, 3, 20), pieces).as(Mutation::new);
    return mutations
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            list -> {
              String event = EVENT;
              for (Mutation mutation : list) {
                event = mutation.applyTo(event);
              }
              return event;
            });
  }

  private record Mutation(int at, int removed, String inserted) {

    String applyTo(String event) {
      int from = Math.min(at, event.length());
      int to = Math.min(from + removed, event.length());
      String changed = event.substring(0, from) + inserted + event.substring(to);
      // A half of a surrogate pair has no UTF-8.
      return new String(utf8(changed), StandardCharsets.UTF_8);
    }
  }

  /** Kept from event to event, as a scan does: none may get the value of another. */
  private static final Fast FAST = new Fast();

  /** What the fast parser reads, or null where it leaves it. */
  public static String fast(String event) {
    return FAST.read(event);
  }

  private static final class Fast {

    private final FastPath parser = FastPaths.xml(new ValueCache());
    private final EventFields fields = new EventFields(EVENT_COLUMNS);

    String read(String event) {
      byte[] padded = utf8("<<" + event + ">>");
      if (!parser.parse(padded, 2, padded.length - 2, fields)) {
        return null;
      }
      // That is for whoever asks both parsers.
      return fields.eventCode() == EventIds.NOT_AN_ID ? NO_EVENT_ID : describe(fields);
    }
  }

  /** What Aalto reads, or what is complained of. */
  public static String plain(String event) {
    EventFields fields = new EventFields(EVENT_COLUMNS);
    byte[] padded = utf8("<<" + event + ">>");
    try {
      PlainParsers.xml().parse(padded, 2, padded.length - 2, fields);
      return describe(fields);
    } catch (BadRecordException e) {
      return e.type() + ": " + e.getMessage();
    }
  }

  private static String describe(EventFields fields) {
    List<Object> values = new ArrayList<>();
    values.add(fields.eventCode());
    values.add(fields.provider());
    values.add(fields.channel());
    values.add(fields.computer());
    values.add(fields.recordId());
    values.add(fields.logTime());
    values.add(fields.utcTime());
    for (int slot = 0; slot < COLUMNS.size(); slot++) {
      values.add(fields.value(slot));
    }
    return values.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
