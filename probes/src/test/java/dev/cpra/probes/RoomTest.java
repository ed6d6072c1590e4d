package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Outcome;
import dev.cpra.manifest.kind.ExecConfig;
import dev.cpra.manifest.kind.LogConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Room for two programs of each lane: what becomes of a third one.
final class RoomTest {
  private static final int ROOM = 2;
  private static final long AMPLE = Checks.AMPLE.toNanos();

  private static final Lanes.Queues QUEUES =
      new Lanes.Queues() {
        @Override
        public Queue<Batch> jobs(Lane lane, int capacity) {
          return new ArrayBlockingQueue<>(capacity);
        }

        @Override
        public Queue<Batch> outcomes(Lane lane, int capacity) {
          return new ArrayBlockingQueue<>(capacity);
        }
      };

  private final LaneLimits limits = new LaneLimits(64, 8, 64);
  private final Lanes lanes = Lanes.create(limits, limits, limits, QUEUES);
  private final Map<Lane, Map<Integer, Byte>> outcomes = new HashMap<>();
  private final Map<Lane, LaneRunner> runners = new HashMap<>();
  private final List<Long> leftBehind = new ArrayList<>();
  private final ProbeLoops loops = open();
  private int jobs;

  @TempDir Path folder;

  private static ProbeLoops open() {
    return ProbeLoops.open(ProbeOptions.DEFAULT.withBlockingMax(ROOM), System::nanoTime);
  }

  @AfterEach
  void close() {
    runners.values().forEach(runner -> runner.close(Duration.ZERO));
    loops.close();
    leftBehind.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  private void start(Lane lane, Targets targets) {
    runners.put(lane, LaneRunner.start(lanes.lane(lane), loops, 32, targets, ResultListener.NONE));
  }

  private RunnerStats stats(Lane lane) {
    LaneRunner runner = runners.get(lane);
    if (runner == null) {
      throw new AssertionError("nothing runs in lane " + lane);
    }
    return runner.stats();
  }

  /// One job each for the monitors 0, 1, 2, ...
  private void offer(Lane lane, int count, long timeNanos, int detail) {
    LaneQueue queue = lanes.lane(lane);
    for (int monitor = 0; monitor < count; monitor++) {
      assertThat(queue.offer(monitor, jobs++, 7, System.nanoTime() + timeNanos, detail)).isTrue();
    }
    queue.flush();
  }

  /// Outcomes by monitor, once there are so many.
  private Map<Integer, Byte> outcomes(Lane lane, int count) {
    Map<Integer, Byte> seen = outcomes.computeIfAbsent(lane, _ -> new HashMap<>());
    LaneQueue queue = lanes.lane(lane);
    Await.until(
        count + " outcomes of lane " + lane,
        () -> {
          for (Batch batch = queue.pollOutcomes(); batch != null; batch = queue.pollOutcomes()) {
            for (int i = 0; i < batch.size(); i++) {
              seen.put(batch.monitor(i), batch.outcome(i));
            }
            queue.recycle(batch);
          }
          return seen.size() >= count;
        });
    return seen;
  }

  private static ExecConfig shell(String line) {
    return new ExecConfig(List.of(line), true, Map.of(), null, List.of(0), false, 0);
  }

  /// Writes its name down, and ends when there is a file `go`.
  private Probe waits(long timeoutNanos) {
    return new ExecProbe(
        shell(
            "echo $$ >> "
                + folder.resolve("running")
                + "; while [ ! -e "
                + folder.resolve("go")
                + " ]; do sleep 0.02; done"),
        timeoutNanos);
  }

  private int running() {
    try {
      Path file = folder.resolve("running");
      return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void go() throws IOException {
    Files.createFile(folder.resolve("go"));
  }

  /// Kills a check that fails because others take their time.
  @Test
  void aCheckWithoutRoomWaitsAndIsDoneWhenThereIsSome() throws IOException {
    Probe waits = waits(AMPLE);
    start(Lane.PULSE, (_, _, _) -> waits);
    offer(Lane.PULSE, 5, AMPLE, 0);
    Await.until("the room is taken", () -> running() == ROOM);
    go();
    assertThat(outcomes(Lane.PULSE, 5).values()).containsOnly(Outcome.OK);
    assertThat(running()).isEqualTo(5);
    assertThat(stats(Lane.PULSE).waited()).isEqualTo(3);
    assertThat(stats(Lane.PULSE).notJudged()).isZero();
  }

  /// Kills a check that fails, although nobody looked at its target.
  @Test
  void aCheckThatFindsNoRoomInItsTimeIsNotJudged() throws IOException {
    Probe slow = waits(AMPLE);
    Probe fine = new ExecProbe(shell("exit 0"), Checks.SHORT.toNanos());
    start(Lane.PULSE, (_, _, detail) -> detail == 0 ? slow : fine);
    offer(Lane.PULSE, ROOM, AMPLE, 0);
    Await.until("the room is taken", () -> running() == ROOM);
    offer(Lane.PULSE, 4, AMPLE, 1);
    Map<Integer, Byte> seen = outcomes(Lane.PULSE, 4);
    assertThat(seen.values()).containsOnly(Outcome.DISCARDED);
    RunnerStats stats = stats(Lane.PULSE);
    assertThat(stats.notJudged()).isEqualTo(4);
    assertThat(stats.count(Reason.NO_ROOM)).isEqualTo(4);
    assertThat(stats.failed()).isZero();
    go();
    Await.until("the first ones are done", () -> stats(Lane.PULSE).ok() == ROOM);
  }

  private static Probe hangs(Duration timeout) {
    return new ExecProbe(shell("sleep 600"), timeout.toNanos());
  }

  /// Kills a check that fails because the others left it only the end of its time.
  @Test
  void aCheckThatCouldBeginTooLateIsNotJudged() throws IOException {
    Duration timeout = Duration.ofSeconds(2);
    Probe slow = waits(AMPLE);
    Probe late = hangs(timeout);
    start(Lane.PULSE, (_, _, detail) -> detail == 0 ? slow : late);
    offer(Lane.PULSE, ROOM, AMPLE, 0);
    Await.until("the room is taken", () -> running() == ROOM);
    long begun = System.nanoTime();
    offer(Lane.PULSE, 1, AMPLE, 1);
    Await.until(
        "more than half its time is over",
        () -> System.nanoTime() - begun > timeout.toNanos() * 6 / 10);
    go();
    Await.until("it is not judged", () -> stats(Lane.PULSE).notJudged() == 1);
    assertThat(stats(Lane.PULSE).failed()).isZero();
  }

  /// Kills the excuse for a check that had its time, and hung.
  @Test
  void aCheckThatWaitedAMomentAndHangsHasFailed() throws IOException {
    Probe slow = waits(AMPLE);
    Probe hangs = hangs(Duration.ofSeconds(4));
    start(Lane.PULSE, (_, _, detail) -> detail == 0 ? slow : hangs);
    offer(Lane.PULSE, ROOM, AMPLE, 0);
    Await.until("the room is taken", () -> running() == ROOM);
    offer(Lane.PULSE, 1, AMPLE, 1);
    go();
    Await.until("it has failed", () -> stats(Lane.PULSE).count(Reason.TIMEOUT) == 1);
    assertThat(stats(Lane.PULSE).waited()).isEqualTo(1);
    assertThat(stats(Lane.PULSE).failed()).isEqualTo(1);
  }

  /// Kills room that checks, repairs and alerts share.
  @Test
  void slowChecksStarveNeitherRepairsNorAlerts() throws IOException {
    Probe slow = waits(AMPLE);
    Path repaired = folder.resolve("repaired");
    JobContext context = handle -> "web-" + handle;
    Probe repair = new ExecProbe(shell("touch " + repaired), AMPLE, context);
    Path log = folder.resolve("alerts.log");
    Probe alert = new LogNotifier(new LogConfig(log.toString()), context, AMPLE);
    start(Lane.PULSE, (_, _, _) -> slow);
    start(Lane.INTERVENTION, (_, _, _) -> repair);
    start(Lane.CODE, (_, _, _) -> alert);
    offer(Lane.PULSE, 5, AMPLE, 0);
    Await.until("the room of checks is taken", () -> running() == ROOM);
    offer(Lane.INTERVENTION, 1, AMPLE, 1);
    offer(Lane.CODE, 1, AMPLE, red());
    assertThat(outcomes(Lane.INTERVENTION, 1).values()).containsOnly(Outcome.OK);
    assertThat(outcomes(Lane.CODE, 1).values()).containsOnly(Outcome.OK);
    assertThat(repaired).exists();
    assertThat(log).content().contains("RED \"web-0\"");
    go();
  }

  /// Kills a repair that is taken for one whose end is not known: it was not begun.
  @Test
  void aRepairThatFindsNoRoomInItsTimeHasFailed() throws IOException {
    Probe slow = waits(AMPLE);
    Probe repair = new ExecProbe(shell("exit 0"), Checks.SHORT.toNanos());
    start(Lane.INTERVENTION, (monitor, _, _) -> monitor < ROOM ? slow : repair);
    offer(Lane.INTERVENTION, ROOM + 1, AMPLE, 1);
    assertThat(outcomes(Lane.INTERVENTION, 1)).containsExactly(Map.entry(ROOM, Outcome.FAILED));
    assertThat(stats(Lane.INTERVENTION).count(Reason.NO_ROOM)).isEqualTo(1);
    assertThat(stats(Lane.INTERVENTION).failed()).isEqualTo(1);
    go();
  }

  @SuppressWarnings("EnumOrdinal") // what stands in a job
  private static int red() {
    return Code.RED.ordinal();
  }

  /// How many threads read a program's output right now, and wait for more.
  private static long readers() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getName().equals("cpra-exec"))
        .filter(each ->
            each.getValue().length > 0
                && each.getValue()[0].getClassName().startsWith("java.io.")
                && each.getValue()[0].getMethodName().startsWith("read"))
        .count();
  }

  /// Kills room that is free again as soon as a program is given up: those that cannot be killed,
  /// and the readers of their output, would become ever more.
  @Test
  void aProgramWhoseOutputIsStillHeldKeepsItsRoom() throws IOException {
    // Nothing tells of this child: it has no mark in its environment, and its parent ends.
    String line =
        "/usr/bin/env -i /usr/bin/setsid /bin/sleep 600 & echo $! >> "
            + folder.resolve("children")
            + "; while [ ! -e "
            + folder.resolve("go")
            + " ]; do sleep 0.02; done; exit 0";
    List<CompletableFuture<CheckResult>> checks = new ArrayList<>();
    for (int i = 0; i < ROOM; i++) {
      checks.add(loops.run(new ExecProbe(shell(line), AMPLE), i, 0));
    }
    Path children = folder.resolve("children");
    Await.until("both have a child", () -> lines(children).size() == ROOM);
    lines(children).forEach(pid -> leftBehind.add(Long.parseLong(pid)));
    // Else the JDK closes the output when the program ends.
    Await.until("both outputs are read", () -> readers() >= ROOM);
    go();
    for (CompletableFuture<CheckResult> check : checks) {
      assertThat(check.join().reason()).isEqualTo(Reason.OK);
    }
    CheckResult none = Checks.run(loops, new ExecProbe(shell("exit 0"), Checks.SHORT.toNanos()));
    assertThat(none.reason()).isEqualTo(Reason.NO_ROOM);
    assertThat(none.text()).isEqualTo("no room for it on this machine in time");
    leftBehind.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    CheckResult again = Checks.run(loops, new ExecProbe(shell("exit 0"), AMPLE));
    assertThat(again.reason()).isEqualTo(Reason.OK);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
