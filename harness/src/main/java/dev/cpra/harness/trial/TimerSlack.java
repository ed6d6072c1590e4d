package dev.cpra.harness.trial;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// How much later than asked the kernel may wake a sleeping thread, so that it wakes several at
/// once: on Linux 50 microseconds unless told otherwise, a fifth of a tick of 250. A thread begins
/// with that of the thread that starts it, so what is set before a trial's threads are started
/// holds for the engine, for timers that bring threads of their own, and for the bare timer beside
/// them.
///
/// Stateless; each call is about the thread that makes it.
public final class TimerSlack {
  private static final int PR_SET_TIMERSLACK = 29;
  private static final int PR_GET_TIMERSLACK = 30;
  private static final FunctionDescriptor PRCTL =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private TimerSlack() {}

  /// Sets that of this thread.
  ///
  /// @param nanos 0 leaves it as it is
  /// @throws TrialFailure if the system has no such setting
  public static void set(long nanos) {
    if (nanos != 0 && prctl(PR_SET_TIMERSLACK, nanos) != 0) {
      throw new TrialFailure(
          "this system lets no thread set its timer slack; remove `engine.timer_slack`");
    }
  }

  /// That of this thread in nanoseconds; null where the system does not tell.
  static @Nullable Long nanos() {
    int nanos = prctl(PR_GET_TIMERSLACK, 0);
    return nanos < 0 ? null : Long.valueOf(nanos);
  }

  /// What the call answers; -1 where there is none.
  @SuppressWarnings("restricted") // the JDK knows no timer slack
  private static int prctl(int option, long value) {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return -1;
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle call =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("prctl"), PRCTL, Linker.Option.firstVariadicArg(1));
    try {
      return (int) call.invokeExact(option, value, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("a system call could not be made", e);
    }
  }
}
