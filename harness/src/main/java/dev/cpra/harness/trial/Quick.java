package dev.cpra.harness.trial;

import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Phase;
import dev.cpra.manifest.load.Work;
import java.util.List;

/// Shortens a load for a first look: all phases together to [#TOTAL_NANOS], faults in proportion.
/// Loads on the wire stay as they are, since their targets' scripts are part of what they ask.
public final class Quick {
  /// How long the phases of a shortened load take.
  public static final long TOTAL_NANOS = 6_000_000_000L;

  private static final long COLLECT_MIN_NANOS = 500_000_000;

  private Quick() {}

  /// Whether [#shorten] changes this load.
  public static boolean shortens(Load load) {
    return load.work().kind() != Work.Kind.WIRE && load.durationNanos() > TOTAL_NANOS;
  }

  /// The load with shorter phases, or the load itself.
  public static Load shorten(Load load) {
    if (!shortens(load)) {
      return load;
    }
    double share = (double) TOTAL_NANOS / load.durationNanos();
    List<Phase> phases =
        load.phases().stream()
            .map(p ->
                new Phase(
                    p.name(), scaled(p.forNanos(), share), p.measured(), p.rate(), p.dueAll()))
            .toList();
    List<Fault> faults =
        load.faults().stream()
            .map(f ->
                new Fault(
                    f.kind(),
                    Math.round(f.atNanos() * share),
                    f.forNanos() == 0 ? 0 : scaled(f.forNanos(), share),
                    f.lane(),
                    f.rate(),
                    f.target(),
                    f.delayNanos(),
                    f.byNanos(),
                    f.periodNanos()))
            .toList();
    return new Load(
        load.file(),
        load.name(),
        load.question(),
        load.monitors(),
        load.work(),
        load.targets(),
        load.drive(),
        load.engine(),
        phases,
        load.collectNanos() == 0
            ? 0
            : Math.max(COLLECT_MIN_NANOS, scaled(load.collectNanos(), share)),
        faults,
        load.simulation(),
        load.engines());
  }

  private static long scaled(long nanos, double share) {
    return Math.max(1, Math.round(nanos * share));
  }
}
