package dev.cpra.harness.profile;

import dev.cpra.harness.trial.ProfileAnswer;
import java.util.List;
import java.util.Locale;
import one.convert.Arguments;

/// What is sampled, and how async-profiler is asked for it.
public enum ProfileEvent {
  /// CPU time, kernel included where perf events are open to this process.
  ///
  /// `cpu-clock` is the event that the profiler's own `cpu` stands for, without its silent
  /// fallbacks: what is fallen back to is said aloud.
  CPU(Unit.NANOS, 1_000_000),

  /// Bytes allocated, one sample per 16 KiB or so: the engines' steady state allocates next to
  /// nothing, and the default interval of half a MiB would miss it.
  ALLOC(Unit.BYTES, 1),

  /// Wall-clock time of the project's own threads, asleep or not.
  WALL(Unit.NANOS, 5_000_000),

  /// Time spent waiting for locks, for waits of a microsecond and more.
  LOCK(Unit.NANOS, 1);

  /// What the figures count.
  public enum Unit {
    /// Nanoseconds.
    NANOS("ns"),
    /// Bytes.
    BYTES("B");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    /// As printed.
    public String symbol() {
      return symbol;
    }
  }

  private final Unit unit;
  private final double weight;

  ProfileEvent(Unit unit, double weight) {
    this.unit = unit;
    this.weight = weight;
  }

  /// What the figures count.
  public Unit unit() {
    return unit;
  }

  /// As on the command line and in names of files.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The event with this key.
  ///
  /// @throws IllegalArgumentException if there is none
  public static ProfileEvent of(String key) {
    for (ProfileEvent event : values()) {
      if (event.key().equals(key)) {
        return event;
      }
    }
    throw new IllegalArgumentException("expected cpu, alloc, wall or lock, found " + key);
  }

  /// How much one of the converter's counts stands for: its time if it counts samples.
  double weight() {
    return weight;
  }

  /// Arguments to start the profiler with, the best first.
  public List<String> attempts() {
    return switch (this) {
      case CPU ->
          List.of(
              "event=cpu-clock,interval=1ms",
              "event=ctimer,interval=1ms",
              "event=itimer,interval=1ms");
      case ALLOC -> List.of("event=alloc,alloc=16k");
      case WALL -> List.of("event=wall,interval=5ms");
      case LOCK -> List.of("event=lock,lock=1us");
    };
  }

  /// Whether a thread that never runs our code is left out: asleep all the time, the JVM's own
  /// threads would be most of a wall-clock profile.
  boolean ownThreadsOnly() {
    return this == WALL;
  }

  /// The name that is in an attempt.
  public static String nameOf(String attempt) {
    String name = attempt.substring(attempt.indexOf('=') + 1);
    int comma = name.indexOf(',');
    return comma < 0 ? name : name.substring(0, comma);
  }

  /// Says aloud that another event stands in for the one asked for.
  ///
  /// @param started the name of the event that does
  /// @param refused what was refused before it, at least one
  public static String fallback(String started, List<ProfileAnswer.Refusal> refused) {
    return "perf events are not open to this process (%s): sampled by %s instead, without kernel frames"
        .formatted(refused.getFirst().reason(), started);
  }

  /// Why nothing can be sampled, in words for the user.
  public static ProfilerUnavailableException unavailable(List<ProfileAnswer.Refusal> refused) {
    List<String> reasons =
        refused.stream()
            .map(refusal -> nameOf(refusal.attempt()) + ": " + refusal.reason())
            .toList();
    return new ProfilerUnavailableException(
        "async-profiler can't sample here (" + String.join("; ", reasons) + ")");
  }

  /// What the converter is to take out of a recording.
  Arguments conversion() {
    Arguments arguments = new Arguments();
    arguments.output = "collapsed";
    arguments.threads = true;
    arguments.norm = true;
    arguments.cpu = this == CPU;
    arguments.wall = this == WALL;
    arguments.alloc = this == ALLOC;
    arguments.lock = this == LOCK;
    arguments.total = this == ALLOC || this == LOCK;
    return arguments;
  }
}
