package dev.cpra.daemon.reload;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Says when a configuration is to be read again: when somebody asks for it, or when its files have
/// changed and then stayed as they are for a while, so that a file half written is not read.
///
/// Passive: time is a parameter. [#ask] may be called by any thread, [#look] by one.
public final class ConfigWatch {
  /// Why it is to be read again.
  public enum Cause {
    /// A signal.
    ASKED,
    /// The files.
    CHANGED
  }

  private final Supplier<String> print;
  private final long quietNanos;
  private final AtomicBoolean asked = new AtomicBoolean();
  private String known;
  private String seen;
  private long seenNanos;

  /// Watches from now on.
  ///
  /// @param print what differs whenever the files do; reads their names, sizes and times, not what
  ///   they hold
  /// @param quietNanos how long they must have stayed as they are
  public ConfigWatch(Supplier<String> print, long quietNanos) {
    this.print = print;
    this.quietNanos = quietNanos;
    this.known = print.get();
    this.seen = known;
  }

  /// Asks for a reload, whether anything changed or not: what the files refer to may have.
  public void ask() {
    asked.set(true);
  }

  /// Whether to read again now, and why; null if not. Whatever comes of it, it is not said again
  /// until the files change or somebody asks.
  public @Nullable Cause look(long nowNanos) {
    String now = print.get();
    if (asked.getAndSet(false)) {
      known = now;
      seen = now;
      return Cause.ASKED;
    }
    if (!now.equals(seen)) {
      seen = now;
      seenNanos = nowNanos;
      return null;
    }
    if (now.equals(known) || nowNanos - seenNanos < quietNanos) {
      return null;
    }
    known = now;
    return Cause.CHANGED;
  }
}
