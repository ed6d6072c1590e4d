package dev.cpra.harness.trial;

import dev.cpra.harness.result.ResultFiles;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.manifest.load.Load;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/// The main class of a forked trial: reads a [TrialSpec] from standard input, runs it, writes the
/// result file, and tells its parent on standard output. Ends as soon as its standard input does:
/// when the parent is gone there is nobody to run for.
public final class TrialMain {
  /// The exit code when there is no result.
  public static final int NO_RESULT = 1;

  private static final int ORPHANED = 3;

  private final PrintStream parent;

  private TrialMain(PrintStream parent) {
    this.parent = parent;
  }

  /// Runs one trial.
  public static void main(String[] arguments) throws IOException {
    PrintStream parent =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // what libraries print must not look like a message
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = input.readLine();
    if (line == null) {
      System.exit(ORPHANED);
      return;
    }
    Thread watch = new Thread(() -> endWithParent(input), "parent-watch");
    watch.setDaemon(true);
    watch.start();
    TrialSpec spec = JsonMapper.builder().build().readValue(line, TrialSpec.class);
    System.exit(new TrialMain(parent).run(spec));
  }

  private static void endWithParent(BufferedReader input) {
    try {
      // Nothing more is said; the end of the stream says that there is nobody to say it.
      String line = input.readLine();
      while (line != null) {
        line = input.readLine();
      }
    } catch (IOException _) {
      Runtime.getRuntime().halt(ORPHANED);
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private int run(TrialSpec spec) {
    try {
      Load load = LoadFiles.forTrial(spec);
      TrialResult result = new Trial(spec, load, LoadFiles.world(spec, load), this::tell).run();
      ResultFiles.writeTrial(result, Path.of(spec.result()));
      tell(ChildMessage.of(ChildMessage.Type.DONE, ""));
      return 0;
    } catch (TrialFailure e) {
      tell(ChildMessage.of(ChildMessage.Type.FAILED, String.valueOf(e.getMessage())));
      return NO_RESULT;
    } catch (Throwable e) {
      e.printStackTrace(System.err);
      tell(ChildMessage.of(ChildMessage.Type.FAILED, e.toString()));
      return NO_RESULT;
    }
  }

  private synchronized void tell(ChildMessage message) {
    parent.println(message.line());
  }
}
