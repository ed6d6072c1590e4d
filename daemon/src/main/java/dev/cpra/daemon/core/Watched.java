package dev.cpra.daemon.core;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.probes.Probe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A monitor with what its jobs do. Immutable; equal probes are shared.
///
/// @param spec as its manifest describes it
/// @param pulse its check
/// @param repair its intervention, if it has one
/// @param alerts its deliveries by colour
record Watched(MonitorSpec spec, Probe pulse, @Nullable Probe repair, Receivers alerts) {

  /// Where the alerts of each colour go, none for one that is not configured. Immutable.
  static final class Receivers {
    private final @Nullable Probe[] byColour;

    Receivers(List<? extends @Nullable Probe> byColour) {
      this.byColour = byColour.toArray(new @Nullable Probe[Code.COUNT]);
    }

    @Nullable Probe of(int colour) {
      return byColour[colour];
    }
  }

  /// What a job of this lane does.
  @Nullable Probe probe(Lane lane, int detail) {
    return switch (lane) {
      case PULSE -> pulse;
      case INTERVENTION -> repair;
      case CODE -> alerts.of(detail);
    };
  }
}
