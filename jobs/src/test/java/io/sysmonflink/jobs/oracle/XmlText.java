package io.sysmonflink.jobs.oracle;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Events as the XML of four writers. Only SystemTime is the event's time; UtcTime is seconds off.
 */
final class XmlText {
  private static final String NAMESPACE = "http://schemas.microsoft.com/win/2004/08/events/event";
  private static final List<String> DATA =
      List.of("QueryName", "QueryStatus", "QueryResults", "Image", "User");

  private XmlText() {}

  static String oneLine(WindowsEvent event, Random random) {
    return event(event, random, "'", "", systemTime(event.time(), random));
  }

  static String manyLines(WindowsEvent event, Random random) {
    return event(event, random, "\"", "\n  ", systemTime(event.time(), random));
  }

  static String pythonEvtx(WindowsEvent event, Random random) {
    String time = utc("uuuu-MM-dd HH:mm:ss.SSS", event.time()) + "456";
    return event(event, random, "\"", "\n", time)
        .replace("<EventID>", "<EventID Qualifiers=\"\">")
        .replace("<Correlation/>", "<Correlation ActivityID=\"\"></Correlation>");
  }

  static String rendered(WindowsEvent event, Random random) {
    String rendering =
        "<RenderingInfo Culture=\"en-US\"><Message>Dns query:\r\nQueryName: www.example.com"
            + "</Message><Level>Information</Level><Channel></Channel><Provider></Provider>"
            + "</RenderingInfo></Event>";
    return event(event, random, "\"", "", systemTime(event.time(), random))
        .replace("</Event>", rendering);
  }

  private static String event(
      WindowsEvent event, Random random, String quote, String newLine, String systemTime) {
    UnaryOperator<String> quoted = value -> quote + value + quote;
    StringBuilder xml = new StringBuilder("<Event xmlns=").append(quoted.apply(NAMESPACE));
    xml.append('>').append(newLine).append("<System>").append(newLine);
    if (event.provider() != null) {
      xml.append("<Provider Name=").append(quoted.apply(event.provider()));
      xml.append(" Guid=").append(quoted.apply("{5770385F-C22A-43E0-BF4C-06F5698FFBD9}"));
      xml.append("/>").append(newLine);
    }
    xml.append("<EventID>").append(event.eventId()).append("</EventID>").append(newLine);
    xml.append("<Version>5</Version><Level>4</Level><Task>22</Task><Opcode>0</Opcode>");
    xml.append("<Keywords>0x8000000000000000</Keywords>").append(newLine);
    xml.append("<TimeCreated SystemTime=").append(quoted.apply(systemTime)).append("/>");
    xml.append(newLine).append("<EventRecordID>").append(random.nextInt(1_000_000));
    xml.append("</EventRecordID><Correlation/>").append(newLine);
    xml.append("<Execution ProcessID=").append(quoted.apply("3092"));
    xml.append(" ThreadID=").append(quoted.apply("4711")).append("/>").append(newLine);
    element(xml, random, "Channel", event.channel(), newLine);
    element(xml, random, "Computer", event.computer(), newLine);
    xml.append("<Security UserID=").append(quoted.apply("S-1-5-18")).append("/>");
    xml.append("</System>").append(newLine).append("<EventData>").append(newLine);
    Instant utcTime = event.time().minusMillis(random.nextInt(10_000) - 2_800L);
    data(xml, random, quoted.apply("RuleName"), "-", newLine);
    data(xml, random, quoted.apply("UtcTime"), utc("uuuu-MM-dd HH:mm:ss.SSS", utcTime), newLine);
    for (String name : DATA) {
      data(xml, random, quoted.apply(name), event.data().get(name), newLine);
    }
    return xml.append("</EventData>").append(newLine).append("</Event>").toString();
  }

  /** A missing value is left out, or empty. */
  private static void element(
      StringBuilder xml, Random random, String name, String value, String newLine) {
    if (value != null || random.nextBoolean()) {
      xml.append('<').append(name).append('>').append(value == null ? "" : escaped(value));
      xml.append("</").append(name).append('>').append(newLine);
    }
  }

  /** A missing value is left out, empty, or an empty element. */
  private static void data(
      StringBuilder xml, Random random, String quotedName, String value, String newLine) {
    int empty = random.nextInt(3);
    if (value == null && empty == 0) {
      return;
    }
    xml.append("<Data Name=").append(quotedName);
    if (value == null && empty == 1) {
      xml.append("/>");
    } else {
      xml.append('>').append(value == null ? "" : escaped(value)).append("</Data>");
    }
    xml.append(newLine);
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\n", "&#10;");
  }

  /** Nine digits, seven, or six; what follows the milliseconds is to be cut. */
  private static String systemTime(Instant time, Random random) {
    List<String> tails = List.of("456700Z", "4567Z", "999Z", "000000Z");
    return utc("uuuu-MM-dd'T'HH:mm:ss.SSS", time) + tails.get(random.nextInt(tails.size()));
  }

  static String utc(String pattern, Instant time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC).format(time);
  }
}
