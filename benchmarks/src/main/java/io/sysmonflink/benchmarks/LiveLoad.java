package io.sysmonflink.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events at a steady rate: those of the mixed log, and in every hundredth place one that both
 * detections match. Such a hit is known by its name and time, and when the broker appended it is
 * kept, since only then its delay begins.
 */
final class LiveLoad implements AutoCloseable {
  private static final int POOL = 40_000;
  private static final int ONE_HIT_IN = 100;

  /** So many groups there are of each detection: the state stops to grow with the last of them. */
  private static final int GROUPS = 20_000;

  private static final Duration TICK = Duration.ofMillis(5);

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<byte[]> pool = new ArrayList<>();
  private final Map<String, Long> appended = new ConcurrentHashMap<>();
  private final SysmonLog log;
  private long sent;
  private int hits;

  LiveLoad(LiveBroker broker, long seed) {
    log = new SysmonLog(SysmonLog.Kind.MIXED, seed);
    long now = EventTime.of(Instant.now());
    StringBuilder xml = new StringBuilder();
    while (pool.size() < POOL) {
      xml.setLength(0);
      WindowsXml.append(xml, at(log.next(0.5), now));
      pool.add(xml.toString().getBytes(StandardCharsets.UTF_8));
    }
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.address(),
                "acks",
                "1",
                "enable.idempotence",
                false,
                "linger.ms",
                5,
                "batch.size",
                262_144,
                "buffer.memory",
                67_108_864L),
            bytes,
            bytes);
  }

  private static SysmonEvent at(SysmonEvent event, long time) {
    return new SysmonEvent(
        event.type(), time, event.recordId(), event.computer(), event.thread(), event.values());
  }

  /** What a hit is known by, in what was sent as in what comes out. */
  static String key(String queryName, Instant time) {
    return queryName + " " + time;
  }

  /** When the broker appended each hit, in milliseconds since the epoch, by its key. */
  Map<String, Long> appended() {
    return appended;
  }

  long sent() {
    return sent;
  }

  /** Forgets the hits so far. */
  void forget() {
    appended.clear();
  }

  /** Sends for a while; falls behind where the broker does not keep up. */
  void send(int rate, Duration duration) {
    long start = System.nanoTime();
    long done = 0;
    long wanted;
    do {
      long passed = Math.min(System.nanoTime() - start, duration.toNanos());
      wanted = (long) (passed / 1e9 * rate);
      while (done < wanted) {
        sendOne();
        done++;
        if (System.nanoTime() - start > duration.toNanos()) {
          return; // the broker does not keep up
        }
      }
      LockSupport.parkNanos(TICK.toNanos());
    } while (System.nanoTime() - start < duration.toNanos());
  }

  private void sendOne() {
    int partition = (int) (sent % LiveBroker.PARTITIONS);
    if (sent++ % ONE_HIT_IN == 0) {
      sendHit();
    } else {
      byte[] event = pool.get((int) (sent % POOL));
      send(partition, event, (metadata, failure) -> {});
    }
  }

  private void sendHit() {
    int group = hits++ % GROUPS;
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    String name = "h" + group + ".pastebin.com";
    List<String> values =
        new ArrayList<>(List.of("-", now.toString().replace('T', ' ').replace("Z", "")));
    values.addAll(List.of("{A23E0000-0000-673A-0000-000000000000}", "4711", name, "0"));
    values.addAll(List.of("::ffff:198.51.100.7;", "C:\\Windows\\Temp\\update.exe", "CORP\\svc"));
    StringBuilder xml = new StringBuilder();
    WindowsXml.append(
        xml,
        new SysmonEvent(
            EventType.DNS_QUERY, EventTime.of(now), sent, "ws-001.corp.example.com", 4711, values));
    byte[] event = xml.toString().getBytes(StandardCharsets.UTF_8);
    String key = key(name, now);
    int partition = group % LiveBroker.PARTITIONS; // a group's events stay in their order
    send(
        partition,
        event,
        (metadata, failure) -> {
          if (failure == null) {
            appended.put(key, metadata.timestamp());
          }
        });
  }

  // What becomes of it is told to the callback; of what is no hit, the lag tells.
  private void send(int partition, byte[] event, Callback callback) {
    var unused =
        producer.send(new ProducerRecord<>(LiveBroker.EVENTS, partition, null, event), callback);
  }

  /** Waits until the broker has all. */
  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
  }

  static void pause(Duration duration) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(duration.toMillis());
  }
}
