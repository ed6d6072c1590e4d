package dev.cpra.harness.trial;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.result.Variant;
import dev.cpra.manifest.load.Drive;
import dev.cpra.manifest.load.EngineSettings;
import dev.cpra.manifest.load.EngineSettings.LaneSettings;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Phase;
import dev.cpra.simulator.Population;
import java.util.function.ToIntFunction;

/// Makes lanes and engines of the sizes that a load and a variant ask for.
public final class EngineFactory {
  private final EngineProvider provider;
  private final Variant variant;
  private final Load load;
  private final Population population;
  private final ToIntFunction<Lane> workerThreads;

  /// @param workerThreads how many threads take jobs of, and give outcomes to, a lane
  public EngineFactory(
      Variant variant, Load load, Population population, ToIntFunction<Lane> workerThreads) {
    this.provider = EngineProvider.named(variant.engine());
    this.variant = variant;
    this.load = load;
    this.population = population;
    this.workerThreads = workerThreads;
  }

  /// Empty lanes.
  public Lanes lanes() {
    return Lanes.create(
        limits(Lane.PULSE),
        limits(Lane.INTERVENTION),
        limits(Lane.CODE),
        new JcQueues(workerThreads));
  }

  /// An outcome batch holds at least one outcome, and there are no more outcomes than jobs taken,
  /// so room for as many batches as there are workers and queued jobs is more than enough.
  private LaneLimits limits(Lane lane) {
    LaneSettings settings = load.engine().lane(lane);
    return new LaneLimits(
        settings.queue(), batchJobs(settings.batch()), Math.clamp(settings.queue(), 64, 65_536));
  }

  private int batchJobs(int asked) {
    try {
      return provider.batchJobs(variant.options(), asked);
    } catch (NoSuchMethodError _) { // a gate runs this harness on engines of builds before it
      return asked;
    }
  }

  private long tickNanos(long asked) {
    try {
      return provider.tickNanos(variant.options(), asked);
    } catch (NoSuchMethodError _) { // as above
      return asked;
    }
  }

  /// An engine without monitors, limits sized to so many.
  ///
  /// @throws TrialFailure if the provider refuses the variant's options
  public Engine engine(int monitors, Lanes lanes, Transitions listener) {
    EngineSettings settings = load.engine();
    // A ramp goes from one rate to the next, whatever they are.
    long phaseRates = load.phases().stream().map(Phase::rate).distinct().count();
    long rates = 1 + (load.drive() == Drive.RAMP ? phaseRates + 1 : phaseRates);
    int maxRules = Math.toIntExact(population.distinctRules().size() * rates + 1);
    EngineLimits limits =
        new EngineLimits(
            monitors,
            maxRules,
            PhaseRun.chunk(load.drive()),
            tickNanos(settings.tickNanos()),
            settings.graceNanos());
    try {
      return provider.create(limits, variant.options(), lanes, listener);
    } catch (IllegalArgumentException e) {
      throw new TrialFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
