package io.sysmonflink.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The events of 500 hosts over 14 days, as a collector receives them. */
final class SysmonLog {

  /** What a log consists of. */
  enum Kind {
    /**
     * Ids as Sysmon logs them with a common configuration: one in ten is 22, and few of these hit.
     */
    MIXED(50),
    /** Nothing but 22, many of them hits: as dense as it gets. */
    DNS(500);

    private final int hitsInTenThousand;

    Kind(int hitsInTenThousand) {
      this.hitsInTenThousand = hitsInTenThousand;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final Instant FROM = Instant.parse("2024-11-11T00:00:00Z");
  static final Instant TO = Instant.parse("2024-11-25T00:00:00Z");
  private static final long LENGTH = EventTime.of(TO) - EventTime.of(FROM);
  private static final long HOUR = 3600 * EventTime.SECOND;

  /** Of the mixed log's events, each type as often as it stands here. */
  private static final List<EventType> MIX = mix();

  private final Kind kind;
  private final Dice dice;
  private final DnsQueries queries;
  private final OtherEvents others;
  private final List<Host> hosts = IntStream.range(0, 500).mapToObj(Host::of).toList();
  private long recordId = 210_000;

  SysmonLog(Kind kind, long seed) {
    this.kind = kind;
    dice = new Dice(seed);
    queries = new DnsQueries(dice, kind.hitsInTenThousand);
    others = new OtherEvents(dice);
  }

  private static List<EventType> mix() {
    List<EventType> mix = new ArrayList<>();
    add(mix, EventType.PROCESS_CREATE, 10);
    add(mix, EventType.NETWORK_CONNECT, 20);
    add(mix, EventType.IMAGE_LOAD, 20);
    add(mix, EventType.PROCESS_ACCESS, 15);
    add(mix, EventType.FILE_CREATE, 10);
    add(mix, EventType.REGISTRY_VALUE_SET, 15);
    add(mix, EventType.DNS_QUERY, 10);
    return List.copyOf(mix);
  }

  private static void add(List<EventType> mix, EventType type, int times) {
    for (int i = 0; i < times; i++) {
      mix.add(type);
    }
  }

  /**
   * The next event.
   *
   * @param done how much of the log is written, from 0 to 1: its time lies there in the 14 days
   */
  SysmonEvent next(double done) {
    EventType type = kind == Kind.DNS ? EventType.DNS_QUERY : dice.pick(MIX);
    Host host = dice.pick(hosts);
    long time = time(done);
    long sysmonTime = time - dice.below(4_000) * EventTime.MILLISECOND;
    String utcTime = EventTime.append(new StringBuilder(23), sysmonTime, ' ', 3).toString();
    recordId += dice.between(1, 4);
    List<String> values =
        type == EventType.DNS_QUERY ? dnsQuery(host, utcTime) : others.values(type, host, utcTime);
    return new SysmonEvent(
        type, time, recordId, host.computer(), dice.between(4_000, 5_000), values);
  }

  private List<String> dnsQuery(Host host, String utcTime) {
    DnsQueries.Query query = queries.next(host);
    return List.of(
        "-",
        utcTime,
        host.processGuid(dice),
        Integer.toString(dice.between(300, 16_000)),
        query.name(),
        query.status(),
        query.results(),
        query.image(),
        host.account());
  }

  /** Up to a minute late; one in a hundred up to six hours, so that some lie before the 14 days. */
  private long time(double done) {
    long late =
        dice.inTenThousand(100)
            ? (long) dice.below(6 * 3600) * EventTime.SECOND
            : dice.below(60_000) * EventTime.MILLISECOND;
    return EventTime.of(FROM) + (long) (done * (LENGTH - HOUR)) - late + dice.below(10_000);
  }
}
