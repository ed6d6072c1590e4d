package dev.cpra.probes;

import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.SocketAddress;

/// Makes sockets for one loop, not yet registered with it.
interface Sockets {
  /// For TCP.
  SocketChannel tcp();

  /// For UDP.
  DatagramChannel udp();

  /// For a stream over a Unix socket.
  Channel unix();

  /// A Unix socket's path as an address that [#unix()] connects to.
  SocketAddress unixAddress(String path);
}
