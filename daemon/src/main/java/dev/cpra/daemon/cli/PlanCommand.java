package dev.cpra.daemon.cli;

import dev.cpra.daemon.core.Configuration;
import dev.cpra.daemon.reload.Plan;
import dev.cpra.daemon.reload.RunningRecord;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Manifests;
import dev.cpra.manifest.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `cpra plan`: what a reload would change. Changes nothing.
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Shows what a reload of this manifest would change, without doing it.",
    footer = {
      "",
      "With --data it is compared with what the daemon with that folder wrote down of its",
      "configuration: names and digests, without secrets. So the parts that change are named, not",
      "their values, and secrets and the arguments of programs are not compared. Without --data everything is new.",
      "",
      "Exit codes: 0 shown; 1 the manifest is invalid or the folder cannot be read; 2 wrong usage."
    })
public final class PlanCommand implements Callable<Integer> {
  private static final int INVALID = 1;
  private static final int LINES_MAX = 100;

  @Parameters(paramLabel = "MANIFEST", description = "A file, or a directory of them.")
  private Path manifest = Path.of("");

  @Option(names = "--data", paramLabel = "DIR", description = "The daemon's folder.")
  private @Nullable Path data;

  @Option(names = "--json", description = "Prints the whole plan as JSON.")
  private boolean json;

  @Option(names = "--all", description = "Prints every monitor, not the first 100 only.")
  private boolean all;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter error = spec.commandLine().getErr();
    if (data != null && !Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "--data: no such directory: " + data);
    }
    LoadResult loaded = Manifests.load(manifest, LoadOptions.defaults().withRequireAvailable(true));
    if (!loaded.ok()) {
      error.print(loaded.report());
      error.flush();
      return INVALID;
    }
    Configuration next = Configuration.of(loaded);
    @Nullable RunningRecord running;
    try {
      running = data == null ? null : RunningRecord.read(data);
    } catch (IOException e) {
      error.printf("cpra: %s%n", e.getMessage());
      error.flush();
      return INVALID;
    }
    Plan plan =
        running == null
            ? Plan.between(new Configuration(List.of(), Policy.DEFAULT), next)
            : Plan.since(running, next);
    print(plan, running != null);
    return 0;
  }

  private void print(Plan plan, boolean compared) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(plan, compared));
    } else {
      if (data != null && !compared) {
        out.println("nothing is written down in " + data + ": everything is new");
      }
      out.println(plan.summary());
      plan.lines(all ? Integer.MAX_VALUE : LINES_MAX).forEach(out::println);
    }
    out.flush();
  }

  private static String json(Plan plan, boolean compared) {
    JsonMapper mapper = new JsonMapper();
    ObjectNode root = mapper.createObjectNode().put("format", 1).put("compared", compared);
    plan.added().forEach(root.putArray("added")::add);
    var changed = root.putArray("changed");
    for (Plan.Change change : plan.changed()) {
      change
          .what()
          .forEach(changed.addObject().put("monitor", change.monitor()).putArray("what")::add);
    }
    plan.removed().forEach(root.putArray("removed")::add);
    root.put("unchanged", plan.unchanged());
    plan.policy().forEach(root.putArray("policy")::add);
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }
}
