package dev.cpra.probes;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What a runner has done so far: sums over its loops, each read on its own, so a sum may be ahead
/// of another by the jobs that just ended.
///
/// @param started jobs executed
/// @param ok jobs that ended well
/// @param failed jobs that ended otherwise, aborted and not judged ones left out
/// @param discarded jobs past their deadline, or left over at the close, given back unexecuted
/// @param aborted jobs cut off by the close
/// @param notJudged checks for which there was no room in their time: they say nothing
/// @param waited jobs that did not find room at once, whatever became of them
/// @param inFlight jobs running now
/// @param bytesRead bytes read from sockets
/// @param bytesWritten bytes written to sockets
/// @param connections connections opened
/// @param given outcomes that the lane took
/// @param giveRetries how often the lane had no room for outcomes
/// @param byReason how often each [Reason] was met; the others are left out
public record RunnerStats(
    long started,
    long ok,
    long failed,
    long discarded,
    long aborted,
    long notJudged,
    long waited,
    long inFlight,
    long bytesRead,
    long bytesWritten,
    long connections,
    long given,
    long giveRetries,
    Map<Reason, Long> byReason) {

  /// How often a reason was met.
  public long count(Reason reason) {
    return byReason.getOrDefault(reason, 0L);
  }

  static RunnerStats of(Iterable<RunnerCounters> all) {
    // Ends before starts: what runs now is never less than nothing.
    long ended = sum(all, RunnerCounters.ENDED);
    // And before the reasons, which are counted first.
    long notJudged = sum(all, RunnerCounters.NOT_JUDGED);
    Map<Reason, Long> byReason = new EnumMap<>(Reason.class);
    long failed = 0;
    for (int i = 0; i < Reason.COUNT; i++) {
      Reason reason = Reason.of(i);
      long count = 0;
      for (RunnerCounters counters : all) {
        count += counters.get(reason);
      }
      if (count > 0) {
        byReason.put(reason, count);
      }
      failed += reason == Reason.OK || reason == Reason.ABORTED ? 0 : count;
    }
    long started = sum(all, RunnerCounters.STARTED);
    return new RunnerStats(
        started,
        byReason.getOrDefault(Reason.OK, 0L),
        failed - notJudged,
        sum(all, RunnerCounters.DISCARDED),
        sum(all, RunnerCounters.ABORTED),
        notJudged,
        sum(all, RunnerCounters.WAITED),
        started - ended,
        sum(all, RunnerCounters.BYTES_READ),
        sum(all, RunnerCounters.BYTES_WRITTEN),
        sum(all, RunnerCounters.CONNECTIONS),
        sum(all, RunnerCounters.GIVEN),
        sum(all, RunnerCounters.GIVE_RETRIES),
        Collections.unmodifiableMap(byReason));
  }

  private static long sum(Iterable<RunnerCounters> all, int counter) {
    long sum = 0;
    for (RunnerCounters counters : all) {
      sum += counters.get(counter);
    }
    return sum;
  }
}
