package io.sysmonflink.jobs.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Random events as the messages of a topic, in every shape: one or several in a message, late by up
 * to three weeks, some twice, with bad records, tombstones and empty messages between them. All
 * events of a host go to one partition. The same seed gives the same messages.
 */
public final class RandomMessages {

  private static final String NOISE = "no event at all";

  private final Random random;
  private final Window window;
  private final int partitions;

  /**
   * Messages of events around a window.
   *
   * @param window no event or message is later than its end
   */
  public RandomMessages(Random random, Window window, int partitions) {
    this.random = random;
    this.window = window;
    this.partitions = partitions;
  }

  private record Arrival(WindowsEvent event, Instant time) {}

  /** Messages of so many events, in the order of their timestamps. */
  public List<Message> next(int events) {
    Map<Integer, List<Arrival>> arrivals = new TreeMap<>();
    for (WindowsEvent event : new RandomEvents(random, window).next(events)) {
      if (event.time().isBefore(window.to())) {
        List<Arrival> partition =
            arrivals.computeIfAbsent(partition(event), number -> new ArrayList<>());
        Instant arrival = arrival(event.time());
        partition.add(new Arrival(event, arrival));
        if (one(10)) {
          partition.add(new Arrival(event, arrival));
        }
      }
    }
    List<Message> messages = new ArrayList<>();
    arrivals.forEach(
        (partition, list) -> {
          list.sort(Comparator.comparing(Arrival::time));
          int from = 0;
          while (from < list.size()) {
            int to = Math.min(list.size(), from + (one(3) ? 1 + random.nextInt(5) : 1));
            Instant timestamp = list.get(to - 1).time();
            messages.add(
                message(
                    partition,
                    timestamp,
                    list.subList(from, to).stream().map(Arrival::event).toList()));
            if (one(12)) {
              messages.add(withoutEvents(partition, timestamp, list.get(from).event()));
            }
            from = to;
          }
        });
    messages.sort(Comparator.comparing(Message::timestamp)); // keeps the order within a partition
    return messages;
  }

  private int partition(WindowsEvent event) {
    return event.computer() == null ? 0 : Math.floorMod(event.computer().hashCode(), partitions);
  }

  private Instant arrival(Instant time) {
    Duration delay =
        switch (random.nextInt(10)) {
          case 0 -> Duration.ofMinutes(random.nextInt(13 * 24 * 60));
          case 1 -> Duration.ofDays(14).plusMinutes(random.nextInt(7 * 24 * 60) - 90L);
          case 2, 3, 4 -> Duration.ofSeconds(random.nextInt(7200));
          default -> Duration.ZERO;
        };
    Instant arrival = time.plus(delay);
    return arrival.isBefore(window.to()) ? arrival : window.to();
  }

  private Message message(int partition, Instant timestamp, List<WindowsEvent> events) {
    List<String> lines =
        events.stream()
            .map(event -> Shape.anyOneLine(event, random))
            .collect(Collectors.toCollection(ArrayList::new));
    List<String> bad = new ArrayList<>();
    if (one(12)) {
      lines.add(random.nextInt(lines.size() + 1), NOISE);
      bad.add(NOISE);
    }
    byte[] value = String.join("\n", lines).getBytes(UTF_8);
    return Message.of(partition, timestamp, value, events, bad);
  }

  private Message withoutEvents(int partition, Instant timestamp, WindowsEvent event) {
    String xml = XmlText.oneLine(event, random);
    return switch (random.nextInt(8)) {
      case 0 -> new Message(partition, timestamp, null, List.of(), List.of());
      case 1 -> new Message(partition, timestamp, "", List.of(), List.of());
      case 2 -> bad(partition, timestamp, NOISE.getBytes(UTF_8));
      case 3 -> bad(partition, timestamp, "{\"a\": {}}".getBytes(UTF_8));
      case 4 -> bad(partition, timestamp, xml.substring(0, xml.length() / 2).getBytes(UTF_8));
      case 5 -> bad(partition, timestamp, inLatin1(event));
      case 6 -> bad(partition, timestamp, "{\"EventID\":22,".getBytes(UTF_8));
      default -> bad(partition, timestamp, fromTheFuture(event).getBytes(UTF_8));
    };
  }

  private static Message bad(int partition, Instant timestamp, byte[] value) {
    String text = new String(value, ISO_8859_1).strip();
    return new Message(partition, timestamp, text, List.of(), List.of(text));
  }

  /** XML whose bytes are not UTF-8. */
  private byte[] inLatin1(WindowsEvent event) {
    WindowsEvent changed = dnsQuery(event, event.time(), Map.of("Image", "C:\\Zoë.exe"));
    return XmlText.oneLine(changed, random).getBytes(ISO_8859_1);
  }

  private String fromTheFuture(WindowsEvent event) {
    return JsonText.winlogbeat(
        dnsQuery(event, Instant.now().plus(Duration.ofDays(10)), event.data()), random);
  }

  private static WindowsEvent dnsQuery(WindowsEvent event, Instant time, Map<String, String> data) {
    return new WindowsEvent(22, time, event.provider(), event.channel(), event.computer(), data);
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }
}
