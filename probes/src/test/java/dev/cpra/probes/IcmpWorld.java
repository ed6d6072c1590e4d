package dev.cpra.probes;

import dev.cpra.manifest.kind.IcmpConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Pings real targets in a network namespace of its own, where the kernel can be told to answer or
/// not, and prints what came of it: `STEP: RESULT`. Started by [IcmpProbeTest].
final class IcmpWorld {
  private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ping_group_range");
  private static final Path DEAF_4 = Path.of("/proc/sys/net/ipv4/icmp_echo_ignore_all");
  private static final Path DEAF_6 = Path.of("/proc/sys/net/ipv6/icmp/echo_ignore_all");
  private static final Duration QUICK = Duration.ofMillis(300);
  private static final int CROWD = 2_000;

  private final ProbeLoops loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);

  private IcmpWorld() {}

  public static void main(String[] args) throws Exception {
    IcmpWorld world = new IcmpWorld();
    try {
      world.forbidden();
      write(RANGE, "0 0");
      world.upAndDown();
      world.requests();
      world.reused();
      world.crowd();
    } finally {
      world.loops.close();
    }
    say("end", "reached");
  }

  private static void say(String step, Object result) {
    System.out.println(step + ": " + result);
  }

  private static void write(Path setting, String value) throws Exception {
    Files.write(setting, value.getBytes(StandardCharsets.US_ASCII));
  }

  private static Probe ping(String host, int count, int retries, Duration timeout) {
    return new IcmpProbe(new IcmpConfig(host, count, retries, true), timeout.toNanos());
  }

  private CheckResult run(Probe probe) throws Exception {
    return loops.run(probe, 0, 0).get(30, TimeUnit.SECONDS);
  }

  private void forbidden() throws Exception {
    write(RANGE, "1 0");
    try {
      var _ = new IcmpProbe(new IcmpConfig("127.0.0.1", 1, 0, false), 1);
      say("forbidden at start", "accepted");
    } catch (IllegalArgumentException refused) {
      say("forbidden at start", String.valueOf(refused.getMessage()));
    }
    CheckResult result = run(ping("127.0.0.1", 1, 0, Checks.AMPLE));
    say("forbidden at check", result.reason() + " " + result.text());
  }

  private void upAndDown() throws Exception {
    var _ = new IcmpProbe(new IcmpConfig("127.0.0.1", 1, 0, false), 1);
    CheckResult four = run(ping("127.0.0.1", 1, 0, Checks.AMPLE));
    say("up 4", four.reason() + " " + (four.firstByteNanos() > 0) + " " + four.bytesRead());
    say("up 6", run(ping("::1", 1, 0, Checks.AMPLE)).reason());
    write(DEAF_4, "1");
    write(DEAF_6, "1");
    say("deaf 4", run(ping("127.0.0.1", 1, 0, QUICK)).reason());
    say("deaf 6", run(ping("::1", 1, 0, QUICK)).reason());
    write(DEAF_4, "0");
    write(DEAF_6, "0");
    say("no route 4", run(ping("192.0.2.1", 1, 2, Checks.AMPLE)).reason());
    say("no route 6", run(ping("2001:db8::1", 1, 0, Checks.AMPLE)).reason());
    say("no name", run(ping("nobody.invalid", 1, 0, Duration.ofSeconds(10))).reason());
  }

  private void requests() throws Exception {
    write(DEAF_4, "1");
    CheckResult result = run(ping("127.0.0.1", 3, 1, Duration.ofSeconds(3)));
    say("requests of two tries", result.reason() + " " + result.bytesWritten());
    // It hears again in the middle of the check.
    CompletableFuture<CheckResult> later =
        loops.run(ping("127.0.0.1", 50, 0, Duration.ofSeconds(20)), 0, 0);
    Await.until("the ping waits", () -> loops.loops().getFirst().pinger().waitingCount() == 1);
    write(DEAF_4, "0");
    say("a later request is answered", later.get(30, TimeUnit.SECONDS).reason());
  }

  /// M22: the originals took one pinger from a pool for all checks, and it kept its first result.
  private void reused() throws Exception {
    Probe honest = ping("127.0.0.1", 1, 0, Duration.ofSeconds(1));
    say("one probe", upDownUp(honest));
    say("one frozen run", upDownUp(new Frozen(honest)));
  }

  private List<Reason> upDownUp(Probe probe) throws Exception {
    List<Reason> reasons = new ArrayList<>();
    for (String deaf : List.of("0", "1", "0", "1", "0")) {
      write(DEAF_4, deaf);
      reasons.add(run(probe).reason());
    }
    return reasons;
  }

  /// The mutant: the first run's result is every later run's.
  private final class Frozen implements Probe {
    private final CompletableFuture<CheckResult> first;

    Frozen(Probe probe) {
      first = loops.run(probe, 0, 0);
    }

    @Override
    public long timeoutNanos() {
      return Checks.AMPLE.toNanos();
    }

    @Override
    public ProbeRun newRun() {
      return new ProbeRun() {
        @Override
        protected void start() {
          var _ = first.thenAccept(result -> end(result.reason(), ""));
        }

        @Override
        protected Reason timeoutReason() {
          return Reason.TIMEOUT;
        }

        @Override
        protected void release() {}
      };
    }
  }

  /// Many at once on one socket: each has its own answer.
  private void crowd() throws Exception {
    List<CompletableFuture<CheckResult>> all = new ArrayList<>();
    int silent = 0;
    for (int i = 0; i < CROWD; i++) {
      // Nobody is there; loopback itself answers for all of 127.
      boolean up = i % 10 != 0;
      silent += up ? 0 : 1;
      all.add(
          loops.run(ping(up ? "127.0.0." + (1 + i % 250) : "192.0.2.9", 3, 0, Checks.AMPLE), i, 0));
    }
    int ok = 0;
    for (CompletableFuture<CheckResult> one : all) {
      ok += one.get(30, TimeUnit.SECONDS).ok() ? 1 : 0;
    }
    say("crowd", ok == CROWD - silent);
    say("left behind", loops.loops().getFirst().pinger().waitingCount());
  }
}
