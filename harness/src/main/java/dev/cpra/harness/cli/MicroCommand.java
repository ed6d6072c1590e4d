package dev.cpra.harness.cli;

import dev.cpra.harness.micro.Micro;
import dev.cpra.harness.micro.MicroOptions;
import dev.cpra.harness.micro.MicroOptions.Pace;
import dev.cpra.harness.profile.ProfileEvent;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cpra micro`: JMH on what the engines stand on.
@Command(
    name = "micro",
    mixinStandardHelpOptions = true,
    description = "Measures what the engines stand on with JMH, in forked JVMs.",
    footer = {"", "Writes micro.json (JMH's own form) and micro.md."},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage",
      "4:a benchmark failed",
      "69:async-profiler can't run here",
      "130:interrupted"
    })
public final class MicroCommand implements Callable<Integer> {
  private static final int COUNT_MAX = 1_000;
  private static final long MILLIS_MAX = 60_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "REGEX",
      defaultValue = ".*",
      description = "Which benchmarks, by part of their full name; all by default.")
  private String regex = ".*";

  @Option(names = "--list", description = "Prints the names of the benchmarks and runs none.")
  private boolean list;

  @Option(names = "--quick", description = "Shorter still: a first look, no evidence.")
  private boolean quick;

  @Option(names = "--forks", paramLabel = "N", description = "JVMs per benchmark (default: 2).")
  private @Nullable Integer forks;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Measured iterations per JVM (default: 5).")
  private @Nullable Integer iterations;

  @Option(
      names = "--time",
      paramLabel = "MS",
      description = "Milliseconds per iteration (default: 300).")
  private @Nullable Long millis;

  @Option(
      names = "--profile",
      paramLabel = "EVENT",
      description = "Flame graphs too, of cpu, alloc, wall or lock.")
  private @Nullable String event;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "micro-report",
      description = "Where the results go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("micro-report");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    MicroOptions options = new MicroOptions(pattern(), pace(), event(), out);
    var names = Micro.matching(options.regex());
    if (names.isEmpty()) {
      throw usage("no benchmark matches `" + regex + "`; --list names all");
    }
    if (list) {
      names.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return Micro.OK;
    }
    return new Micro(options, spec.commandLine().getOut()).run();
  }

  private String pattern() {
    try {
      return Pattern.compile(regex).pattern();
    } catch (PatternSyntaxException e) {
      throw usage("REGEX: " + e.getDescription() + " in `" + regex + "`");
    }
  }

  private Pace pace() {
    Pace pace = quick ? Pace.QUICK : Pace.STANDARD;
    return new Pace(
        (int) between("--forks", forks, pace.forks(), COUNT_MAX),
        pace.warmUps(),
        (int) between("--iterations", iterations, pace.iterations(), COUNT_MAX),
        between("--time", millis, pace.iterationMillis(), MILLIS_MAX));
  }

  private long between(String option, @Nullable Number given, long otherwise, long most) {
    if (given == null) {
      return otherwise;
    }
    if (given.longValue() < 1 || given.longValue() > most) {
      throw usage("%s: expected 1 to %,d, found %s".formatted(option, most, given));
    }
    return given.longValue();
  }

  private @Nullable ProfileEvent event() {
    try {
      return event == null ? null : ProfileEvent.of(event);
    } catch (IllegalArgumentException e) {
      throw usage("--profile: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
