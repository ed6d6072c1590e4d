package dev.cpra.harness.eval;

import dev.cpra.engine.EngineProvider;
import dev.cpra.harness.result.Variant;
import dev.cpra.manifest.load.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;

/// Which variants an evaluation compares.
public final class Variants {
  private Variants() {}

  /// The engines on the class path, by name.
  public static List<String> engines() {
    TreeSet<String> names = new TreeSet<>();
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      names.add(provider.name());
    }
    return List.copyOf(names);
  }

  /// The variants of a load: those it names, else one per engine with its defaults. What was asked
  /// for picks among them, by variant or engine name, in that order.
  ///
  /// @param asked names, empty for all
  /// @throws IllegalArgumentException naming what is not there and what is
  public static List<Variant> of(Load load, List<String> asked) {
    List<Variant> all = all(load);
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
    return List.copyOf(variants);
  }

  private static List<Variant> all(Load load) {
    if (load.engines().isEmpty()) {
      return engines().stream().map(name -> new Variant(name, name, Map.of())).toList();
    }
    return load.engines().entrySet().stream()
        .map(e -> new Variant(e.getKey(), e.getValue().engine(), e.getValue().options()))
        .toList();
  }

  private static void check(Variant variant) {
    EngineProvider.named(variant.engine()).refuseUnknown(variant.options());
  }
}
