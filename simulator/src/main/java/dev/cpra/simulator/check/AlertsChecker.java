package dev.cpra.simulator.check;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Transitions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `alerts`: a monitor's alerts are delivered in the order in which they were raised, none twice;
/// none is lost: each is delivered, abandoned with a reason, dropped with its monitor, or queued.
/// Never more than eight wait, and no colour is raised that is not configured.
public final class AlertsChecker implements Checker {
  private static final int MOST = 8;

  /// One monitor's undelivered alerts.
  private static final class Queued {
    final Deque<Code> codes = new ArrayDeque<>();
    boolean inFlight;
    int restoring;
    int failed;

    /// The most retries that earlier rules allowed while the first alert waits: it may use them up.
    int retries;
  }

  private final KnownRules rules = new KnownRules();
  private final List<@Nullable Queued> queued = new ArrayList<>();

  @Override
  public String name() {
    return "alerts";
  }

  private Queued of(int monitor) {
    while (queued.size() <= monitor) {
      queued.add(null);
    }
    Queued its = queued.get(monitor);
    if (its == null) {
      its = new Queued();
      queued.set(monitor, its);
    }
    return its;
  }

  private Violation violation(int monitor, long nowNanos, String message) {
    return new Violation(name(), monitor, nowNanos, message + "; queued are " + of(monitor).codes);
  }

  @Override
  public void added(int monitor, MonitorRules its, long firstDueNanos) {
    rules.added(monitor, its);
  }

  @Override
  public void updated(int monitor, MonitorRules its) {
    rules.updated(monitor, its);
  }

  @Override
  public void tickBegins(long nowNanos, long lateNanos) {
    rules.tickBegins((monitor, before, _) -> {
      Queued its = of(monitor);
      its.retries = Math.max(its.retries, before.alerts().retries());
    });
  }

  /// The alerts of a state are told as raised, one by one; configured or not by now.
  @Override
  public void restored(int monitor, MonitorState state) {
    if (state.alerts != Alerts.NONE) {
      of(monitor).restoring = Alerts.count(state.alerts);
      of(monitor).failed = Alerts.failed(state.alerts);
      of(monitor).retries = Alerts.failed(state.alerts); // rules may have allowed more before
    }
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    MonitorRules its = rules.of(monitor);
    if (of(monitor).restoring > 0) {
      of(monitor).restoring--;
    } else if (its == null || (its.alerts().codes() & code.bit()) == 0) {
      throw violation(monitor, nowNanos, code + " is raised and not configured in " + its);
    }
    of(monitor).codes.addLast(code);
    if (of(monitor).codes.size() > MOST) {
      throw violation(monitor, nowNanos, "more than " + MOST + " undelivered alerts");
    }
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    if (lane == Lane.CODE) {
      Queued its = of(monitor);
      if (its.codes.isEmpty() || its.codes.getFirst().ordinal() != detail) {
        throw violation(
            monitor, nowNanos, "%s is sent, and is not the first".formatted(Code.of(detail)));
      }
      its.inFlight = true;
    }
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    if (lane == Lane.CODE) {
      Queued its = of(monitor);
      its.inFlight = false;
      if (end == Transitions.OK) {
        its.codes.removeFirst();
        its.failed = 0;
        its.retries = 0;
      } else if (end != Transitions.CANCELLED) {
        its.failed++;
        MonitorRules known = rules.of(monitor);
        int retries = Math.max(its.retries, known == null ? 0 : known.alerts().retries());
        if (its.failed > retries + 1) {
          throw violation(
              monitor,
              nowNanos,
              "sent %d times, allowed are %d".formatted(its.failed, retries + 1));
        }
      }
    }
  }

  @Override
  public void abandoned(int monitor, Code code, long nowNanos) {
    Queued its = of(monitor);
    List<Code> codes = new ArrayList<>(its.codes);
    int oldest = its.inFlight ? 1 : 0;
    if (codes.size() <= oldest || codes.get(oldest) != code) {
      throw violation(monitor, nowNanos, code + " is abandoned, and is not the oldest at rest");
    }
    boolean pushedOut = codes.size() >= MOST;
    if (!pushedOut && its.failed == 0) {
      throw violation(monitor, nowNanos, code + " is abandoned for no reason");
    }
    codes.remove(oldest);
    its.codes.clear();
    its.codes.addAll(codes);
    if (oldest == 0) {
      its.failed = 0;
      its.retries = 0;
    }
  }

  @Override
  public void dropped(int monitor, Code code, long nowNanos) {
    if (of(monitor).codes.isEmpty() || of(monitor).codes.removeFirst() != code) {
      throw violation(monitor, nowNanos, code + " is dropped, and is not the first");
    }
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    if (!of(monitor).codes.isEmpty()) {
      throw violation(monitor, nowNanos, "removed, and alerts are lost");
    }
    rules.removed(monitor);
    queued.set(monitor, null);
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    rules.clear();
    queued.clear();
  }
}
