package dev.cpra.manifest.load;

import dev.cpra.engine.Lane;
import org.jspecify.annotations.Nullable;

/// Something that goes wrong on purpose.
///
/// @param kind what
/// @param atNanos when it starts, since the start of the run
/// @param forNanos how long; 0 for what [happens at an instant][FaultKind#isInstant]
/// @param lane which lane it hits, null for all of them or where the kind hits no lane
/// @param rate share of the jobs, targets or monitors it hits, above 0 to 1
/// @param target which target it hits, null for any or where the kind hits no target
/// @param delayNanos of `slow`, `late` and `target-slow`, otherwise 0
/// @param byNanos of `clock-jump`, otherwise 0; negative is backwards
/// @param periodNanos of `target-flap`, otherwise 0
public record Fault(
    FaultKind kind,
    long atNanos,
    long forNanos,
    @Nullable Lane lane,
    double rate,
    @Nullable String target,
    long delayNanos,
    long byNanos,
    long periodNanos) {
  /// Whether it is on at this time.
  public boolean isOn(long sinceStartNanos) {
    return sinceStartNanos >= atNanos && sinceStartNanos - atNanos < forNanos;
  }

  /// When it is over, since the start of the run.
  public long endNanos() {
    return atNanos + forNanos;
  }

  /// This fault at another time.
  public Fault at(long nanos) {
    return new Fault(kind, nanos, forNanos, lane, rate, target, delayNanos, byNanos, periodNanos);
  }

  /// This fault, over at the given time at the latest.
  public Fault until(long nanos) {
    long length = Math.clamp(nanos - atNanos, 0, forNanos);
    return new Fault(kind, atNanos, length, lane, rate, target, delayNanos, byNanos, periodNanos);
  }

  /// Whether it hits this lane.
  public boolean hits(Lane other) {
    return kind.aim() == FaultKind.Aim.LANE && (lane == null || lane == other);
  }
}
