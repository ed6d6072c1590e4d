package dev.cpra.daemon.demo;

import dev.cpra.daemon.Await;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An nginx; down, its process is gone.
final class NginxTarget extends Target {
  private final Path folder;
  private @Nullable Process process;

  /// @param folder an empty one for its files
  NginxTarget(Path folder) throws IOException {
    this.folder = folder;
    open();
  }

  /// Whether there is one on the PATH.
  static boolean isInstalled() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(path)
        .anyMatch(each -> Files.isExecutable(Path.of(each, "nginx")));
  }

  @Override
  void open() throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            worker_processes 1;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              server { listen 127.0.0.1:%2$d; location / { return 200 "ok"; } }
            }
            """
                .formatted(folder, port()));
    process =
        new ProcessBuilder(
                "nginx",
                "-p",
                folder.toString(),
                "-c",
                configuration.toString(),
                "-e",
                folder.resolve("error.log").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    Await.until("nginx listens", this::isListening);
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
  public void close() throws IOException {
    Process running = process;
    if (running != null) {
      running.destroy();
      try {
        if (!running.waitFor(20, TimeUnit.SECONDS)) {
          running.destroyForcibly();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }
}
