package dev.cpra.daemon.reload;

import dev.cpra.daemon.core.Configuration;
import dev.cpra.daemon.log.DaemonLog;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a daemon's configuration, and reads it again on SIGHUP and when its files change; writes
/// down what runs.
///
/// Before the first reading SIGHUP is heard and it is noted what the files look like: what changes
/// or is asked for while the daemon starts is done once it runs. Used by the thread that made it;
/// reloads have a thread of their own.
public final class Reloads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final Path manifest;
  private final LoadOptions options;
  private final ConfigWatch watch;
  private @Nullable Thread thread;

  private Reloads(Path manifest, LoadOptions options) {
    this.manifest = manifest;
    this.options = options;
    this.watch = new ConfigWatch(() -> FilePrint.of(manifest), QUIET.toNanos());
  }

  /// Hears SIGHUP and notices changes from now on; they are acted on after [#start].
  ///
  /// @param manifest a file or a directory
  public static Reloads of(Path manifest, LoadOptions options) {
    Reloads reloads = new Reloads(manifest, options);
    var _ = Hangup.handle(reloads.watch::ask);
    return reloads;
  }

  /// Reads the configuration.
  public LoadResult load() {
    return Manifests.load(manifest, options);
  }

  /// Reloads from now on.
  ///
  /// @param configuration what was read and runs
  /// @param running what runs it
  /// @param data where what runs is written down, or null for nowhere
  public void start(Configuration configuration, Reloader.Running running, @Nullable Path data) {
    writeDown(configuration, data);
    Reloader reloader =
        new Reloader(this::load, configuration, running, next -> writeDown(next, data));
    Thread started = new Thread(() -> run(reloader), "cpra-reload");
    started.setDaemon(true);
    started.start();
    thread = started;
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

  private void run(Reloader reloader) {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(LOOK);
        look(reloader);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // Closed.
    }
  }

  /// Whatever happens, an `OutOfMemoryError` included, the next change is looked for.
  private void look(Reloader reloader) throws InterruptedException {
    try {
      ConfigWatch.Cause cause = watch.look(System.nanoTime());
      if (cause != null) {
        LOG.info(
            DaemonLog.UNLIMITED,
            "reload: {}",
            cause == ConfigWatch.Cause.ASKED ? "SIGHUP" : "the files changed");
        var _ = reloader.reload();
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      tell(e);
    }
  }

  private static void tell(Throwable failure) {
    try {
      LOG.error("reload failed, it may be done in part; SIGHUP tries it again", failure);
    } catch (Throwable _) {
      // Not even that: there may be no memory now.
      return;
    }
  }

  /// Stops watching. A reload that has begun may be cut off.
  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
