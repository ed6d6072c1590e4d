package dev.cpra.daemon.reload;

import dev.cpra.daemon.core.Configuration;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that reloads a daemon's configuration on SIGHUP and when its files change, writes down
/// what runs, and looks at the daemon's other files.
public final class Reloads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final Reloader reloader;
  private final ConfigWatch watch;
  private final Runnable other;
  private final Thread thread;

  private Reloads(Reloader reloader, ConfigWatch watch, Runnable other) {
    this.reloader = reloader;
    this.watch = watch;
    this.other = other;
    this.thread = new Thread(this::run, "cpra-reload");
    thread.setDaemon(true);
  }

  /// Watches from now on.
  ///
  /// @param manifest a file or a directory
  /// @param configuration what was read of it and runs
  /// @param running what runs it
  /// @param data where what runs is written down, or null for nowhere
  /// @param other looks at other files; called twice a second
  public static Reloads start(
      Path manifest,
      LoadOptions options,
      Configuration configuration,
      Reloader.Running running,
      @Nullable Path data,
      Runnable other) {
    writeDown(configuration, data);
    Reloader reloader =
        new Reloader(
            () -> Manifests.load(manifest, options),
            configuration,
            running,
            next -> writeDown(next, data));
    Reloads reloads =
        new Reloads(
            reloader, new ConfigWatch(() -> FilePrint.of(manifest), QUIET.toNanos()), other);
    var _ = Hangup.handle(reloads.watch::ask);
    reloads.thread.start();
    return reloads;
  }

  private static void writeDown(Configuration configuration, @Nullable Path data) {
    if (data == null) {
      return;
    }
    try {
      RunningRecord.write(configuration, data);
    } catch (IOException e) {
      LOG.warn("what runs cannot be written down, `cpra plan` will not know it: {}", e.toString());
    }
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(LOOK);
        look();
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private void look() throws InterruptedException {
    try {
      other.run();
      ConfigWatch.Cause cause = watch.look(System.nanoTime());
      if (cause != null) {
        LOG.info("reload: {}", cause == ConfigWatch.Cause.ASKED ? "SIGHUP" : "the files changed");
        var _ = reloader.reload();
      }
    } catch (RuntimeException e) {
      LOG.error("reload failed", e);
    }
  }

  /// Stops watching. A reload that has begun may be cut off.
  @Override
  public void close() {
    thread.interrupt();
  }
}
