package dev.cpra.harness.targets;

import dev.cpra.harness.result.StateChange;
import dev.cpra.harness.result.TargetCheck;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.PulseConfig;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.TcpConfig;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Targets.State;
import dev.cpra.manifest.load.Targets.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a trial knows of each embedded target: how many pulses were dispatched to it, how many of
/// them were executed, and whether its monitors went through what its script demands.
public final class TargetWatch {
  private final Load load;
  private final List<MonitorSpec> monitors;
  private final Map<String, String> variables;

  /// @param monitors by handle
  /// @param variables the targets' addresses by variable
  public TargetWatch(Load load, List<MonitorSpec> monitors, Map<String, String> variables) {
    this.load = load;
    this.monitors = monitors;
    this.variables = variables;
  }

  /// One half of each target's check; the target's own counts come later.
  ///
  /// @param dispatched pulses per monitor
  /// @param executed those that a worker executed: the rest was handed back past its deadline
  /// @param reached those executed whose connection the kernel did not refuse
  /// @param journal every change of state by monitor name, empty if none was kept
  public List<TargetCheck> checks(
      IntToLongFunction dispatched,
      IntToLongFunction executed,
      IntToLongFunction reached,
      Map<String, List<StateChange>> journal) {
    return Stream.concat(
            load.targets().http().stream().map(t -> new Named("http", t)),
            load.targets().tcp().stream().map(t -> new Named("tcp", t)))
        .map(named -> check(named, dispatched, executed, reached, journal))
        .toList();
  }

  private record Named(String kind, Target target) {}

  private TargetCheck check(
      Named named,
      IntToLongFunction dispatched,
      IntToLongFunction executed,
      IntToLongFunction reached,
      Map<String, List<StateChange>> journal) {
    TargetScript script = TargetScript.of(named.target(), load.faults(), load.work().seed());
    // Refused connections leave no trace at a target that is down: there, only those that got
    // through are expected.
    boolean everDown = script.everDown(load.durationNanos());
    long pulses = 0;
    long expected = 0;
    Boolean agrees = journal.isEmpty() ? null : Boolean.TRUE;
    List<StateChange> seen = new ArrayList<>();
    for (int monitor = 0; monitor < monitors.size(); monitor++) {
      MonitorSpec spec = monitors.get(monitor);
      if (!asks(spec.pulse(), variables.get(named.target().variable()))) {
        continue;
      }
      pulses += dispatched.applyAsLong(monitor);
      expected += (everDown ? reached : executed).applyAsLong(monitor);
      List<StateChange> changes = journal.get(spec.name());
      if (changes != null) {
        String difference = difference(spec, named.target(), script, changes, seen);
        if (difference != null) {
          agrees = Boolean.FALSE;
          seen.add(new StateChange(load.durationNanos() / 1e9, spec.name() + ": " + difference));
        }
      }
    }
    seen.sort(Comparator.comparingDouble(StateChange::atSeconds));
    return new TargetCheck(
        named.target().name(),
        named.kind(),
        null,
        null,
        pulses,
        expected,
        List.of(),
        List.copyOf(seen),
        agrees);
  }

  private @Nullable String difference(
      MonitorSpec spec,
      Target target,
      TargetScript script,
      List<StateChange> changes,
      List<StateChange> seen) {
    List<String> words = new ArrayList<>();
    for (StateChange change : changes) {
      if (change.state().startsWith("raised ") || change.state().equals("intervention")) {
        words.add(change.state());
        seen.add(new StateChange(change.atSeconds(), spec.name() + ": " + change.state()));
      }
    }
    return DemandedAlerts.of(
            spec.rules(),
            target.heals(),
            script.steps(load.durationNanos()),
            load.durationNanos(),
            state -> fails(spec, state, script.slowNanos()))
        .difference(words, load.durationNanos() / 1e9);
  }

  /// Whether a check of a target in this state fails.
  private static boolean fails(MonitorSpec spec, State state, long slowNanos) {
    boolean connectOnly = spec.pulse() instanceof TcpConfig tcp && tcp.expect() == null;
    return switch (state) {
      case UP -> false;
      case DOWN -> true;
      case SLOW -> !connectOnly && slowNanos >= spec.rules().timeoutNanos();
      case ERROR, HANG, RESET, GARBAGE -> !connectOnly;
    };
  }

  private static boolean asks(PulseConfig pulse, @Nullable String address) {
    if (address == null) {
      return false;
    }
    return switch (pulse) {
      case HttpConfig http -> address.equals(http.uri().getAuthority());
      case TcpConfig tcp -> address.equals(tcp.host() + ":" + tcp.port());
      default -> false;
    };
  }
}
