package dev.cpra.engine;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/// A counter with cache lines of its own, for any thread.
@SuppressWarnings("unused") // what takes room behind the value
final class PaddedCounter extends PaddedCounterValue {
  private static final AtomicLongFieldUpdater<PaddedCounterValue> VALUE =
      AtomicLongFieldUpdater.newUpdater(PaddedCounterValue.class, "value");

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

  long get() {
    return value;
  }

  void add(long more) {
    var _ = VALUE.getAndAdd(this, more);
  }
}

/// The value, behind its padding.
abstract class PaddedCounterValue extends Padding {
  volatile long value;
}
