package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// What a trial cost in memory.
///
/// @param engineAllocatedBytes bytes that the engine's own thread allocated over the measured
///   phases; null where the JVM does not tell
/// @param heapBytesPerMonitor (heap after GC, loaded, minus the same with one monitor) / monitors
/// @param nativeBytesPerMonitor the same of the engine's native memory; null if it has none
/// @param peakRssMib the largest resident memory of the process
public record Memory(
    @Nullable Long engineAllocatedBytes,
    @Nullable Double heapBytesPerMonitor,
    @Nullable Double nativeBytesPerMonitor,
    @Nullable Double peakRssMib) {

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
