package dev.cpra.probes;

import dev.cpra.engine.Code;
import dev.cpra.manifest.kind.LogConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Writes an alert to a file: `TIME COLOUR "MONITOR" REASON`, one line of at most [#LINE_MAX]
/// bytes.
///
/// The file is opened for each line, so one that was moved or deleted is made again; a folder that
/// is gone or a file that cannot be written is a delivery that failed. A line is one append, so
/// lines of several monitors do not mix.
final class LogNotifier implements Probe {
  /// Most bytes of a line, its end included.
  static final int LINE_MAX = 1_024;

  private final Path file;
  private final JobContext context;
  private final long timeoutNanos;

  LogNotifier(LogConfig config, JobContext context, long timeoutNanos) {
    try {
      this.file = Path.of(config.file());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("file: expected a path, found " + config.file(), e);
    }
    this.context = context;
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  public ProbeRun newRun() {
    return new BlockingRun() {
      @Override
      @Nullable Wrong work() {
        return append(line(monitor(), Code.of(detail())));
      }
    };
  }

  private byte[] line(int monitor, Code code) {
    String text =
        context.time(monitor, code)
            + " "
            + code
            + " \""
            + oneLine(context.monitor(monitor))
            + "\" "
            + oneLine(context.reason(monitor, code));
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, LINE_MAX - 1);
    while (length < bytes.length && length > 0 && (bytes[length] & 0xC0) == 0x80) {
      length--; // not in the middle of a character
    }
    byte[] line = java.util.Arrays.copyOf(bytes, length + 1);
    line[length] = '\n';
    return line;
  }

  private @Nullable Wrong append(byte[] line) {
    // A named pipe or a device could block for ever, where no interrupt reaches.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new Wrong(Reason.FILE, "the log is not a regular file");
    }
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      return null;
    } catch (IOException e) {
      return new Wrong(Reason.FILE, "the log cannot be written: " + e.getClass().getSimpleName());
    }
  }

  private static String oneLine(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return out.toString();
  }
}
