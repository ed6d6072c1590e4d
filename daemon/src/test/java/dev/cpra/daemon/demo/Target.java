package dev.cpra.daemon.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A real server on loopback that goes down and comes up when it is told to, on one port.
abstract class Target implements AutoCloseable {
  private static final InetAddress HOST = InetAddress.getLoopbackAddress();

  private final int port;
  private volatile boolean well = true;

  Target() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, HOST)) {
      port = free.getLocalPort();
    }
  }

  private static Target opened(Target target) throws IOException {
    target.open();
    return target;
  }

  /// The port, the same whether it is up or down.
  final int port() {
    return port;
  }

  final boolean isWell() {
    return well;
  }

  /// It no longer does its work.
  void down() throws IOException {
    well = false;
  }

  /// It does its work again.
  void up() throws IOException {
    well = true;
  }

  /// Begins to listen.
  abstract void open() throws IOException;

  @Override
  public abstract void close() throws IOException;

  /// A server of streams; down, it does not listen.
  private abstract static class Streams extends Target {
    private volatile ServerSocket listener = new ServerSocket();
    private volatile CountDownLatch served = new CountDownLatch(0);

    Streams() throws IOException {}

    @Override
    final void open() throws IOException {
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(HOST, port()), 50);
      CountDownLatch ended = new CountDownLatch(1);
      listener = opened;
      served = ended;
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            serve(opened);
            ended.countDown();
          });
    }

    @Override
    void down() throws IOException {
      super.down();
      close();
    }

    @Override
    void up() throws IOException {
      super.up();
      open();
    }

    @Override
    public final void close() throws IOException {
      listener.close();
      try {
        // Until nobody waits on it any more its port is not free.
        var _ = served.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    private void serve(ServerSocket from) {
      while (!from.isClosed()) {
        try (Socket peer = from.accept()) {
          answer(peer);
        } catch (IOException _) {
          // closed, or a peer that went again
        }
      }
    }

    abstract void answer(Socket peer) throws IOException;
  }

  /// Says what it hears, a line of it.
  static Target echo() throws IOException {
    return opened(
        new Streams() {
          @Override
          void answer(Socket peer) throws IOException {
            peer.getOutputStream().write(line(peer.getInputStream()));
            peer.getOutputStream().flush();
          }
        });
  }

  /// Answers every request with 200.
  static Target web() throws IOException {
    return opened(
        new Streams() {
          @Override
          void answer(Socket peer) throws IOException {
            InputStream in = peer.getInputStream();
            while (line(in).length > 2) {
              // a header; the empty line ends them
            }
            peer.getOutputStream()
                .write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
                        .getBytes(StandardCharsets.US_ASCII));
            peer.getOutputStream().flush();
          }
        });
  }

  /// Greets as a mail server; down, it still listens and says that it does not want to.
  static Target mail() throws IOException {
    return opened(
        new Streams() {
          @Override
          void answer(Socket peer) throws IOException {
            String greeting = isWell() ? "220 demo ESMTP\r\n" : "554 not now\r\n";
            peer.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
            peer.getOutputStream().flush();
          }

          @Override
          void down() throws IOException {
            super.down();
            open();
          }

          @Override
          void up() throws IOException {
            close();
            super.up();
          }
        });
  }

  /// Takes connections and says nothing until it is down.
  static Target silent() throws IOException {
    return opened(
        new Streams() {
          @Override
          void answer(Socket peer) throws IOException {
            peer.setSoTimeout(20);
            boolean open = true;
            while (isWell() && open) {
              try {
                open = peer.getInputStream().read() >= 0;
              } catch (SocketTimeoutException _) {
                // to see whether it is still to be silent
              }
            }
          }
        });
  }

  /// Knows one address, 192.0.2.7; down, it answers that it failed.
  static Target dns() throws IOException {
    return opened(
        new Target() {
          private volatile DatagramSocket socket = new DatagramSocket((SocketAddress) null);

          @Override
          void open() throws IOException {
            DatagramSocket opened = new DatagramSocket(new InetSocketAddress(HOST, port()));
            socket = opened;
            Thread.ofPlatform().daemon().start(() -> serve(opened));
          }

          private void serve(DatagramSocket from) {
            byte[] buffer = new byte[1_024];
            while (!from.isClosed()) {
              try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                from.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
                from.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
              } catch (IOException _) {
                // closed
              }
            }
          }

          private byte[] answer(byte[] query) {
            int end = 12;
            while (query[end] != 0) {
              end += query[end] + 1;
            }
            byte[] head = Arrays.copyOf(query, end + 5);
            head[2] = (byte) 0x81;
            head[3] = (byte) (isWell() ? 0x80 : 0x82);
            head[7] = (byte) (isWell() ? 1 : 0);
            Arrays.fill(head, 8, 12, (byte) 0);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(head);
            if (isWell()) {
              out.writeBytes(
                  new byte[] {(byte) 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, (byte) 192, 0, 2, 7});
            }
            return out.toByteArray();
          }

          @Override
          public void close() {
            socket.close();
          }
        });
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0) {
      line.write(next);
      if (next == '\n') {
        break;
      }
      next = in.read();
    }
    return line.toByteArray();
  }
}
