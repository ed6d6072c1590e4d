package dev.cpra.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the engine's thread alone reads and writes of a lane, with cache lines of its own: a worker
/// that waits polls the lane without a pause, and each write beside what it reads would cost the
/// engine a miss. The stack of free batches is written out here, since the counters of a collection
/// would lie wherever the JVM puts it.
@SuppressWarnings("unused") // what takes room behind the fields
final class EngineSide extends EngineSideFields {
  long q00;
  long q01;
  long q02;
  long q03;
  long q04;
  long q05;
  long q06;
  long q07;
  long q08;
  long q09;
  long q10;
  long q11;
  long q12;
  long q13;
  long q14;
  long q15;

  /// The free batch that was in use last, whose lines are the likeliest to be at hand; null if
  /// there is none.
  @Nullable Batch takeFree() {
    if (freeCount == 0) {
      return null;
    }
    Batch batch = free[--freeCount];
    free[freeCount] = null;
    return batch;
  }

  void keepFree(Batch batch) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = batch;
  }
}

/// The fields, behind their padding.
abstract class EngineSideFields extends Padding {
  /// Jobs that joined a batch so far.
  long offered;

  /// Jobs that workers had taken when that was last looked up: no more than they have by now.
  long takenSeen;

  /// The batch that is being filled.
  @Nullable Batch open;

  @Nullable Batch[] free = new Batch[64];
  int freeCount;
}
