package dev.cpra.probes;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/// A real listener on loopback that treats each connection as its script says.
final class ScriptedServer implements AutoCloseable {
  /// What happens on one connection. The socket is closed when it returns.
  @FunctionalInterface
  interface Script {
    void serve(Connection connection) throws Exception;
  }

  /// One accepted connection.
  ///
  /// @param index how many came before it
  record Connection(
      ScriptedServer server, Socket socket, InputStream in, OutputStream out, int index) {

    /// Reads one request's header (and a body of the stated length); empty at the end of the
    /// stream.
    String request() throws IOException {
      StringBuilder text = new StringBuilder();
      while (text.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return "";
        }
        text.append((char) next);
      }
      String header = text.toString();
      int length =
          header
              .lines()
              .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
              .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
              .findFirst()
              .orElse(0);
      String request = header + new String(in.readNBytes(length), StandardCharsets.UTF_8);
      server.requests.add(request);
      return request;
    }

    Connection send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return this;
    }

    /// Sends and sends until the peer has had enough.
    void sendForEver(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      while (true) {
        out.write(bytes);
      }
    }

    /// Says nothing until the peer goes.
    void hang() throws IOException {
      while (in.read() >= 0) {
        // whatever comes is not answered
      }
    }

    /// Closes with a reset instead of a farewell.
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private final ServerSocket listener;
  private final Script script;
  private final Thread acceptor;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  final List<String> requests = new CopyOnWriteArrayList<>();

  private ScriptedServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
    this.acceptor = Thread.ofVirtual().start(this::accept);
  }

  static ScriptedServer start(Script script) {
    return start("127.0.0.1", 0, script);
  }

  static ScriptedServer start(String address, int port, Script script) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 1_024);
      return new ScriptedServer(listener, script);
    } catch (IOException e) {
      throw new IllegalStateException("no listener on " + address, e);
    }
  }

  static ScriptedServer tls(SSLContext context, Script script) {
    try {
      return new ScriptedServer(
          context
              .getServerSocketFactory()
              .createServerSocket(0, 1_024, InetAddress.ofLiteral("127.0.0.1")),
          script);
    } catch (IOException e) {
      throw new IllegalStateException("no TLS listener", e);
    }
  }

  /// Answers every request with this, once per connection.
  static Script answer(String response) {
    return connection -> {
      if (!connection.request().isEmpty()) {
        connection.send(response);
      }
    };
  }

  /// Answers every request on a connection until the peer goes.
  static Script answerAll(String response) {
    return connection -> {
      while (!connection.request().isEmpty()) {
        connection.send(response);
      }
    };
  }

  static String response(int status, String body, String... headers) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /// A port on loopback where nobody listens.
  static int unusedPort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no port", e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  int accepted() {
    return accepted.get();
  }

  int openConnections() {
    return open.size();
  }

  /// Closes the connections, not the listener.
  void dropConnections() {
    open.forEach(ScriptedServer::closeQuietly);
  }

  /// Once it returns, connects are refused.
  @Override
  public void close() {
    try {
      listener.close();
      // The port is given up when the thread that waits for connections has noticed.
      acceptor.join();
    } catch (IOException _) {
      // it is closed all the same
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    dropConnections();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        int index = accepted.getAndIncrement();
        Thread.ofVirtual().start(() -> serve(socket, index));
      } catch (IOException _) {
        // closed, or a peer that went again
      }
    }
  }

  private void serve(Socket socket, int index) {
    try (socket) {
      script.serve(
          new Connection(
              this,
              socket,
              new BufferedInputStream(socket.getInputStream()),
              socket.getOutputStream(),
              index));
      // A close with unread bytes would be a reset.
      if (!socket.isClosed()) {
        socket.shutdownOutput();
        while (socket.getInputStream().read() >= 0) {
          // until the peer goes
        }
      }
    } catch (Exception _) {
      // the peer went, as many scripts provoke
    } finally {
      open.remove(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is closed all the same
    }
  }

  /// A listener whose queue is full: connects to it never end.
  static final class Full implements AutoCloseable {
    private final ServerSocket listener;
    private final List<java.nio.channels.SocketChannel> fillers = new CopyOnWriteArrayList<>();

    Full() throws IOException {
      listener = new ServerSocket(0, 1, loopback());
      for (int i = 0; i < 16; i++) {
        java.nio.channels.SocketChannel filler = java.nio.channels.SocketChannel.open();
        filler.configureBlocking(false);
        var _ = filler.connect(listener.getLocalSocketAddress());
        fillers.add(filler);
      }
    }

    int port() {
      return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (java.nio.channels.SocketChannel filler : fillers) {
        filler.close();
      }
      listener.close();
    }

    private static InetAddress loopback() {
      return InetAddress.ofLiteral("127.0.0.1");
    }
  }
}
