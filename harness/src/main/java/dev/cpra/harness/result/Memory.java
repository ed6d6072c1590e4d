package dev.cpra.harness.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a trial cost in memory.
///
/// @param engineAllocatedBytes bytes that the engine's own thread allocated over the measured
///   phases; null where the JVM does not tell
/// @param heapBytesPerMonitor (heap after GC, loaded, minus the same with one monitor) / monitors
/// @param nativeBytesPerMonitor the same of the engine's native memory; null if it has none
/// @param peakRssMib the largest resident memory of the process
/// @param heapAfterGc what the heap held over time, in order of time; empty unless the load asks
public record Memory(
    @Nullable Long engineAllocatedBytes,
    @Nullable Double heapBytesPerMonitor,
    @Nullable Double nativeBytesPerMonitor,
    @Nullable Double peakRssMib,
    List<HeapPoint> heapAfterGc) {
  /// Reads what is missing, in results of before it was known, as none.
  public Memory {
    heapAfterGc = heapAfterGc == null ? List.of() : List.copyOf(heapAfterGc);
  }

  /// Without a look at the heap over time.
  public Memory(
      @Nullable Long engineAllocatedBytes,
      @Nullable Double heapBytesPerMonitor,
      @Nullable Double nativeBytesPerMonitor,
      @Nullable Double peakRssMib) {
    this(engineAllocatedBytes, heapBytesPerMonitor, nativeBytesPerMonitor, peakRssMib, List.of());
  }

  /// Nothing known.
  public static final Memory UNKNOWN = new Memory(null, null, null, null);

  /// Heap and native memory together; null if the heap is not known.
  public @Nullable Double bytesPerMonitor() {
    if (heapBytesPerMonitor == null) {
      return null;
    }
    return heapBytesPerMonitor + (nativeBytesPerMonitor == null ? 0 : nativeBytesPerMonitor);
  }
}
