package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between clients and an HTTP server of this machine, and fails as told. */
final class FaultyProxy implements AutoCloseable {

  /** How a connection fares. */
  enum Mode {
    /** As without the proxy. */
    PASSES,
    /** The first request is answered with 503, as S3 does to say that it has too much to do. */
    REFUSES,
    /** It is closed as soon as a request begins. */
    DROPS,
    /** By chance refused, dropped, cut after so many bytes, or as without the proxy. */
    SHAKES
  }

  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d+)\r\n", Pattern.CASE_INSENSITIVE);
  private static final Pattern EXPECTS =
      Pattern.compile("\r\nexpect: *100-continue\r\n", Pattern.CASE_INSENSITIVE);

  /** The shortest that a connection may be that shakes, and by how much it may be longer. */
  private static final int SHORT = 2_000;

  private static final int LONGER = 200_000;

  private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger faults = new AtomicInteger();
  private final Random random = new Random(5);
  private final int target;
  private volatile Mode mode = Mode.PASSES;

  /**
   * A proxy to which clients may connect.
   *
   * @param target the server's port
   */
  FaultyProxy(int target) throws IOException {
    this.target = target;
    thread("accept", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on; connections that are open are cut, unless they are to pass. */
  void set(Mode mode) {
    this.mode = mode;
    if (mode != Mode.PASSES) {
      open.forEach(FaultyProxy::close);
    }
  }

  /** How many connections were refused, dropped or cut while they were served. */
  int faults() {
    return faults.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        thread("client", () -> serve(client));
      } catch (IOException e) {
        // The proxy is closed, or the client has gone again.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      Mode fate = mode;
      int bytes = Integer.MAX_VALUE;
      if (fate == Mode.SHAKES) {
        synchronized (random) {
          int chance = random.nextInt(6);
          fate = chance == 0 ? Mode.REFUSES : chance == 1 ? Mode.DROPS : Mode.PASSES;
          bytes = chance < 4 ? SHORT + random.nextInt(LONGER) : Integer.MAX_VALUE;
        }
      }
      switch (fate) {
        case REFUSES -> refuse(client);
        case DROPS -> drop(client);
        default -> pass(client, bytes);
      }
    } catch (IOException e) {
      // One of the two has gone: so does the other.
    } finally {
      open.remove(client);
    }
  }

  private void drop(Socket client) throws IOException {
    if (client.getInputStream().read() >= 0) {
      faults.incrementAndGet();
    }
  }

  private void refuse(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    String head = head(in);
    if (head.isEmpty()) {
      return;
    }
    Matcher length = LENGTH.matcher(head);
    if (length.find() && !EXPECTS.matcher(head).find()) {
      in.skipNBytes(Long.parseLong(length.group(1)));
    }
    faults.incrementAndGet();
    String body =
        "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>";
    String answer =
        """
        HTTP/1.1 503 Slow Down\r
        Content-Type: application/xml\r
        Content-Length: %d\r
        Connection: close\r
        \r
        """;
    boolean hasBody = !head.startsWith("HEAD ");
    client
        .getOutputStream()
        .write((answer.formatted(body.length()) + (hasBody ? body : "")).getBytes(ISO_8859_1));
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int newlines = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
      if (newlines == 2) {
        return head.toString(ISO_8859_1);
      }
    }
    return "";
  }

  private void pass(Socket client, int bytes) throws IOException {
    AtomicInteger left = new AtomicInteger(bytes);
    try (Socket up = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(up);
      Thread requests =
          thread(
              "requests",
              () -> {
                try {
                  copy(client.getInputStream(), up.getOutputStream(), left);
                } catch (IOException e) {
                  // As above.
                }
                close(up);
              });
      try {
        copy(up.getInputStream(), client.getOutputStream(), left);
      } finally {
        close(client);
        open.remove(up);
        requests.interrupt();
      }
    }
  }

  private void copy(InputStream from, OutputStream to, AtomicInteger left) throws IOException {
    byte[] block = new byte[8192];
    for (int n = from.read(block); n >= 0; n = from.read(block)) {
      int rest = left.addAndGet(-n);
      if (rest < 0) {
        to.write(block, 0, Math.max(0, n + rest));
        faults.incrementAndGet();
        return;
      }
      to.write(block, 0, n);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  private static Thread thread(String name, Runnable run) {
    Thread thread = new Thread(run, "faulty proxy: " + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(FaultyProxy::close);
  }
}
