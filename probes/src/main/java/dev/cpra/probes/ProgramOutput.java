package dev.cpra.probes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads what a program says on a thread of its own, so that it never waits for a reader: the first
/// [#KEPT_MAX] bytes are kept, the rest is thrown away.
final class ProgramOutput {
  /// Most bytes kept.
  static final int KEPT_MAX = 8_192;

  private static final int PIECE = 4_096;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Thread reader;

  private ProgramOutput(InputStream from) {
    // Not a virtual thread: a read of a pipe holds its carrier.
    reader = Thread.ofPlatform().daemon().name("cpra-exec").unstarted(() -> read(from));
  }

  /// Starts to read.
  static ProgramOutput of(Process process) {
    ProgramOutput output = new ProgramOutput(process.getInputStream());
    output.reader.start();
    return output;
  }

  /// Waits for the end of the output.
  ///
  /// @return whether it came
  boolean awaitEnd(long millis) throws InterruptedException {
    reader.join(millis);
    return !reader.isAlive();
  }

  /// Waits for the end of the output, however long it takes.
  void awaitEnd() throws InterruptedException {
    reader.join();
  }

  byte[] bytes() {
    synchronized (kept) {
      return kept.toByteArray();
    }
  }

  private void read(InputStream from) {
    byte[] piece = new byte[PIECE];
    try (from) {
      for (int got = from.read(piece); got >= 0; got = from.read(piece)) {
        synchronized (kept) {
          kept.write(piece, 0, Math.min(got, KEPT_MAX - kept.size()));
        }
      }
    } catch (IOException _) {
      // closed under us: the program was killed
    }
  }
}
