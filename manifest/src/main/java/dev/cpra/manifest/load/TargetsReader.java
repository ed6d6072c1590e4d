package dev.cpra.manifest.load;

import dev.cpra.manifest.Fields;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.read.Binder;
import dev.cpra.manifest.read.Node;
import dev.cpra.manifest.read.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the embedded targets of a load.
final class TargetsReader {
  private TargetsReader() {}

  /// The targets as far as they are sound. They are read ahead of everything else, since monitors
  /// refer to them; what is wrong with them is reported when the whole load is read.
  static Targets peek(LoadOptions options, @Nullable Node node) {
    if (node == null) {
      return Targets.NONE;
    }
    Fields fields = new Binder(options, new Problems("", 0)).bind(LoadShapes.TARGETS, node);
    Fields embedded = fields == null ? null : fields.nested("embedded");
    return embedded == null
        ? Targets.NONE
        : new Targets(servers(embedded, "http"), servers(embedded, "tcp"));
  }

  private static List<Targets.Target> servers(Fields embedded, String key) {
    List<Targets.Target> servers = new ArrayList<>();
    switch (embedded.get(key)) {
      case null -> {}
      case Long count -> {
        for (int i = 1; i <= count; i++) {
          servers.add(new Targets.Target(key + "-" + i, 0, List.of(), Targets.Heals.SCRIPT));
        }
      }
      default -> {
        for (Fields one : embedded.items(key, Fields.class)) {
          servers.add(target(one));
        }
      }
    }
    return List.copyOf(servers);
  }

  private static Targets.Target target(Fields fields) {
    List<Targets.Step> script = new ArrayList<>();
    for (Fields step : fields.items("script", Fields.class)) {
      script.add(
          new Targets.Step(
              step.nanos("at"), LoadShapes.constant(Targets.State.class, step.text("state"))));
    }
    Targets.Heals heals =
        switch (fields.get("heals")) {
          case Boolean yes -> yes ? Targets.Heals.INTERVENTION : Targets.Heals.SCRIPT;
          case Fields how -> LoadShapes.constant(Targets.Heals.class, how.text("by"));
          case null, default -> Targets.Heals.SCRIPT;
        };
    return new Targets.Target(
        fields.text("name"), fields.whole("port"), List.copyOf(script), heals);
  }
}
