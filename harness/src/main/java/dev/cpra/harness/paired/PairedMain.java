package dev.cpra.harness.paired;

import com.sun.management.OperatingSystemMXBean;
import dev.cpra.harness.trial.EngineFactory;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.manifest.load.Drive;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.LoadsResult;
import dev.cpra.simulator.Population;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The main class of a child JVM that takes slices: reads a [ChildSpec], then one [Ask] after the
/// other, from standard input, and writes one [Answer] each to standard output. In between it does
/// nothing. Ends when its standard input does.
public final class PairedMain {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int FAILED = 1;
  private static final int WARM_UP_FACTOR_MAX = 4;
  private static final long SILENCE_NANOS = 150_000_000;

  private final PrintStream parent;
  private final ChildSpec spec;
  private final LoadRun[] runs;

  private PairedMain(PrintStream parent, ChildSpec spec) {
    this.parent = parent;
    this.spec = spec;
    this.runs = new LoadRun[spec.loads().size()];
  }

  /// Serves until told to end.
  public static void main(String[] arguments) throws IOException {
    PrintStream parent =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // what libraries print must not look like an answer
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String first = input.readLine();
    if (first == null) {
      System.exit(FAILED);
      return;
    }
    PairedMain child = new PairedMain(parent, MAPPER.readValue(first, ChildSpec.class));
    System.exit(child.serve(input));
  }

  private int serve(BufferedReader input) throws IOException {
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        Ask ask = MAPPER.readValue(line, Ask.class);
        tell(answer(ask));
        if (ask.kind() == Ask.Kind.END) {
          return 0;
        }
      }
      return FAILED; // the parent is gone
    } catch (Throwable e) {
      e.printStackTrace(System.err);
      tell(new Answer(String.valueOf(e), null, null, null, processCpuNanos()));
      return FAILED;
    }
  }

  private Answer answer(Ask ask) throws InterruptedException {
    return switch (ask.kind()) {
      case WARM_UP -> {
        warmUp(run(ask.load()), ask.amount());
        yield answer(null, null, null);
      }
      case COLLECT -> {
        System.gc();
        yield answer(null, null, null);
      }
      case TICKS, RUN -> answer(run(ask.load()).run(ask.amount()), null, null);
      case TAILS -> answer(null, run(ask.load()).tails(), null);
      case EXACT -> answer(null, null, exact(ask.load()));
      case END -> end();
    };
  }

  private static Answer answer(
      @Nullable SliceFigures slice, Answer.@Nullable Tails tails, @Nullable ExactFigures exact) {
    return new Answer(null, slice, tails, exact, processCpuNanos());
  }

  /// Code is compiled in the background, so a silent moment is waited for before another look.
  private static void warmUp(LoadRun run, long nanos) throws InterruptedException {
    Compilers compilers = new Compilers();
    compilers.wereSilent();
    long end = System.nanoTime() + WARM_UP_FACTOR_MAX * nanos;
    run.warmUp(nanos);
    while (!compilers.wereSilent() && System.nanoTime() < end) {
      run.warmUp(SILENCE_NANOS);
    }
  }

  private LoadRun run(int index) {
    LoadRun run = runs[index];
    if (run == null) {
      Load load = load(spec.loads().get(index));
      Population population = LoadFiles.population(load, Map.of());
      EngineFactory factory = factory(load, population);
      run =
          load.drive() == Drive.SATURATE
              ? new VirtualRun(load, population, factory, dev.cpra.engine.Transitions.NONE)
              : new OpenRun(load, population, factory);
      runs[index] = run;
    }
    return run;
  }

  private ExactFigures exact(int index) {
    Load load = load(spec.loads().get(index));
    Population population = LoadFiles.population(load, Map.of());
    return new ExactRun(load, population, factory(load, population)).take();
  }

  private EngineFactory factory(Load load, Population population) {
    return new EngineFactory(spec.variant(), load, population, _ -> 1);
  }

  private static Load load(String file) {
    LoadsResult result = LoadFiles.read(List.of(Path.of(file)));
    if (!result.ok()) {
      throw new IllegalStateException(
          "the load changed since it was checked: " + result.problems());
    }
    return result.loads().getFirst();
  }

  private Answer end() throws InterruptedException {
    String problem = null;
    for (LoadRun run : runs) {
      if (run != null) {
        String found = run.drain();
        problem = problem == null ? found : problem;
        run.close();
      }
    }
    return new Answer(problem, null, null, null, processCpuNanos());
  }

  private static long processCpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
        ? bean.getProcessCpuTime()
        : 0;
  }

  private void tell(Answer answer) {
    parent.println(Answer.MARK + MAPPER.writeValueAsString(answer));
  }
}
