package dev.cpra.probes;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A real HTTP listener on a Unix socket that answers every request with the same bytes.
final class UnixServer implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final Path path;
  private final String answer;
  final List<String> requests = new CopyOnWriteArrayList<>();

  private UnixServer(ServerSocketChannel listener, Path path, String answer) {
    this.listener = listener;
    this.path = path;
    this.answer = answer;
  }

  static UnixServer start(Path path, String answer) {
    try {
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(path));
      UnixServer server = new UnixServer(listener, path, answer);
      Thread.ofPlatform().daemon().start(server::accept);
      return server;
    } catch (IOException e) {
      throw new IllegalStateException("no listener on " + path, e);
    }
  }

  String path() {
    return path.toString();
  }

  @Override
  public void close() {
    try {
      listener.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    while (listener.isOpen()) {
      try (SocketChannel peer = listener.accept()) {
        serve(peer);
      } catch (IOException _) {
        // closed, or a peer that went again
      }
    }
  }

  private void serve(SocketChannel peer) throws IOException {
    StringBuilder request = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(4_096);
    while (request.indexOf("\r\n\r\n") < 0) {
      if (peer.read(buffer) < 0) {
        return;
      }
      buffer.flip();
      request.append(StandardCharsets.UTF_8.decode(buffer));
      buffer.clear();
    }
    requests.add(request.toString());
    ByteBuffer bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      peer.write(bytes);
    }
  }
}
