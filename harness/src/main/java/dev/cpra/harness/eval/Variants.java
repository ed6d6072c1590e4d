package dev.cpra.harness.eval;

import dev.cpra.engine.EngineProvider;
import dev.cpra.harness.result.Variant;
import dev.cpra.manifest.load.Drive;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Which variants an evaluation compares.
public final class Variants {
  private Variants() {}

  /// The engines on the class path that production may run, by name.
  public static List<String> engines() {
    return names(provider -> !provider.isYardstick());
  }

  /// The engines on the class path that run in virtual time, yardsticks included, by name.
  public static List<String> virtualTimeEngines() {
    return names(EngineProvider::runsInVirtualTime);
  }

  private static List<String> names(Predicate<EngineProvider> wanted) {
    TreeSet<String> names = new TreeSet<>();
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (wanted.test(provider)) {
        names.add(provider.name());
      }
    }
    return List.copyOf(names);
  }

  /// The variants of a load: those it names, else one per engine with its defaults. What was asked
  /// for picks among them, by variant or engine name, in that order. Yardsticks run only when they
  /// are named, here or by the load.
  ///
  /// @param asked names, empty for all
  /// @throws IllegalArgumentException naming what is not there and what is
  public static List<Variant> of(Load load, List<String> asked) {
    List<Variant> all = all(load, !asked.isEmpty());
    List<Variant> chosen = new ArrayList<>();
    for (String name : asked) {
      List<Variant> found =
          all.stream().filter(v -> v.name().equals(name) || v.engine().equals(name)).toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "engine `%s` is not known to load %s; expected some of %s"
                .formatted(name, load.name(), all.stream().map(Variant::name).toList()));
      }
      found.stream().filter(v -> !chosen.contains(v)).forEach(chosen::add);
    }
    List<Variant> variants = asked.isEmpty() ? all : chosen;
    variants.forEach(Variants::check);
    if (load.drive() != Drive.SATURATE
        || load.work().kind() != Work.Kind.NOOP
        || !load.faults().isEmpty()) {
      refuseShards(
          variants, "expected the drive `saturate`, work of kind `noop` and no faults beside them");
    }
    if (load.drive() == Drive.SATURATE) {
      requireVirtualTime(variants, "the drive `saturate`");
    }
    return List.copyOf(variants);
  }

  /// Refuses engines that own a thread and so run in real time only.
  ///
  /// @param what moves on in virtual time, for the message
  /// @throws IllegalArgumentException naming them
  public static void requireVirtualTime(List<Variant> variants, String what) {
    List<String> bound =
        variants.stream()
            .filter(variant -> !EngineProvider.named(variant.engine()).runsInVirtualTime())
            .map(Variant::name)
            .toList();
    if (!bound.isEmpty()) {
      throw new IllegalArgumentException(
          ("%s runs in virtual time; %s stands on a timer with a thread of its own, which runs in"
                  + " real time only: leave it out, or use a load with the drive `open` or `ramp`")
              .formatted(what, String.join(", ", bound)));
    }
  }

  /// Refuses variants of more than one shard.
  ///
  /// @param why for the message
  /// @throws IllegalArgumentException naming the first
  public static void refuseShards(List<Variant> variants, String why) {
    for (Variant variant : variants) {
      if (variant.shards() > 1) {
        throw new IllegalArgumentException(
            "engine `%s` asks for %d shards: %s".formatted(variant.name(), variant.shards(), why));
      }
    }
  }

  private static List<Variant> all(Load load, boolean yardsticks) {
    if (load.engines().isEmpty()) {
      List<String> names = yardsticks ? names(_ -> true) : engines();
      return names.stream().map(name -> new Variant(name, name, Map.of())).toList();
    }
    return load.engines().entrySet().stream().map(e -> variant(e.getKey(), e.getValue())).toList();
  }

  private static Variant variant(String name, dev.cpra.manifest.load.Variant given) {
    return new Variant(name, given.engine(), given.options(), given.jvm(), given.shards());
  }

  private static void check(Variant variant) {
    EngineProvider.named(variant.engine()).refuseUnknown(variant.options());
  }
}
