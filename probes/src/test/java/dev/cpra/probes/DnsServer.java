package dev.cpra.probes;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A real DNS server on loopback, over UDP and TCP on one port, that answers as its script says.
final class DnsServer implements AutoCloseable {
  /// Makes the answer to a query, both without the length that TCP puts before them; null for none.
  @FunctionalInterface
  interface Script {
    byte @Nullable [] answer(byte[] query, boolean tcp, int index);
  }

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Script script;
  private final Thread udpThread;
  private final Thread tcpThread;
  final AtomicInteger udpQueries = new AtomicInteger();
  final AtomicInteger tcpQueries = new AtomicInteger();

  private DnsServer(DatagramSocket udp, ServerSocket tcp, Script script) {
    this.udp = udp;
    this.tcp = tcp;
    this.script = script;
    udpThread = Thread.ofPlatform().daemon().start(this::serveUdp);
    tcpThread = Thread.ofPlatform().daemon().start(this::serveTcp);
  }

  static DnsServer start(String address, Script script) {
    InetAddress host = InetAddress.ofLiteral(address);
    for (int i = 0; ; i++) {
      try {
        ServerSocket tcp = new ServerSocket(0, 50, host);
        try {
          DatagramSocket udp = new DatagramSocket(new InetSocketAddress(host, tcp.getLocalPort()));
          return new DnsServer(udp, tcp, script);
        } catch (IOException e) {
          tcp.close(); // the port is taken for UDP: another one
          if (i > 20) {
            throw e;
          }
        }
      } catch (IOException e) {
        throw new IllegalStateException("no DNS server on " + address, e);
      }
    }
  }

  static DnsServer start(Script script) {
    return start("127.0.0.1", script);
  }

  int port() {
    return tcp.getLocalPort();
  }

  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
    } catch (IOException _) {
      // it is closed all the same
    }
    try {
      // Until who waits on it is gone a port still takes what is sent to it.
      udpThread.join(TimeUnit.SECONDS.toMillis(10));
      tcpThread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// An answer in the making.
  static final class Answer {
    private final byte[] query;
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private int count;
    private int flags;

    private Answer(byte[] query) {
      this.query = query;
    }

    static Answer to(byte[] query) {
      return new Answer(query);
    }

    Answer code(int code) {
      flags |= code;
      return this;
    }

    Answer truncated() {
      flags |= 0x200;
      return this;
    }

    /// A record of the name that was asked about.
    Answer add(int type, byte... data) {
      records.writeBytes(new byte[] {(byte) 0xC0, 12, 0, (byte) type, 0, 1, 0, 0, 0, 60});
      records.write(data.length >> 8);
      records.write(data.length);
      records.writeBytes(data);
      count++;
      return this;
    }

    byte[] bytes() {
      byte[] question = Arrays.copyOfRange(query, 0, questionEnd());
      question[2] = (byte) (0x81 | (flags >> 8));
      question[3] = (byte) (0x80 | (flags & 0x0F));
      question[6] = (byte) (count >> 8);
      question[7] = (byte) count;
      question[8] = question[9] = question[10] = question[11] = 0;
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(question);
      all.writeBytes(records.toByteArray());
      return all.toByteArray();
    }

    private int questionEnd() {
      int at = 12;
      while (query[at] != 0) {
        at += query[at] + 1;
      }
      return at + 5;
    }
  }

  /// A name as it stands in a message, in full.
  static byte[] name(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : text.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.write(0);
    return out.toByteArray();
  }

  /// Bytes one after the other: numbers as one byte each, or arrays.
  static byte[] data(Object... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof byte[] bytes) {
        out.writeBytes(bytes);
      } else if (part instanceof String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      } else {
        out.write((Integer) part);
      }
    }
    return out.toByteArray();
  }

  private void serveUdp() {
    byte[] buffer = new byte[4_096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        int index = udpQueries.getAndIncrement();
        byte[] answer = script.answer(Arrays.copyOf(buffer, packet.getLength()), false, index);
        if (answer != null) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException _) {
        // closed, or a peer that went again
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket peer = tcp.accept()) {
        DataInputStream in = new DataInputStream(peer.getInputStream());
        byte[] query = in.readNBytes(in.readUnsignedShort());
        byte[] answer = script.answer(query, true, tcpQueries.getAndIncrement());
        if (answer != null) {
          DataOutputStream out = new DataOutputStream(peer.getOutputStream());
          out.writeShort(answer.length);
          out.write(answer);
          out.flush();
        }
      } catch (IOException _) {
        // closed, or a peer that went again
      }
    }
  }
}
