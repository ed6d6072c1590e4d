package dev.cpra.probes;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/// When a runner's home loop has to take a turn: the handshake between it and everybody who brings
/// work or makes room, so that no wake-up is lost and none is scheduled twice.
///
/// The home loop calls [#begin] before it looks at anything, and [#stall] when work is left that
/// has no room; then it must look for room once more. Others publish what they did and then call
/// [#wake] or [#released]. Whoever is answered true schedules the turn.
final class Turns {
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean stalled;

  /// There may be something to do.
  ///
  /// @return whether to schedule a turn; if not, one that has not begun is scheduled already
  boolean wake() {
    // The exchange is also the fence between publishing and reading the flag.
    return !woken.getAndSet(true);
  }

  /// Room was made.
  ///
  /// @return whether to schedule a turn
  boolean released() {
    return stalled && wake();
  }

  /// A turn begins: what is published from now on asks for another one.
  void begin() {
    woken.set(false);
    stalled = false;
    VarHandle.fullFence();
  }

  /// The turn ends with work and without room. Whoever makes room sees it, or made it before: the
  /// caller looks once more.
  void stall() {
    stalled = true;
    VarHandle.fullFence();
  }
}
