package dev.cpra.daemon.log;

import java.net.SocketException;
import java.nio.file.FileSystemException;

/// What a line says of a throwable: its class, where it was thrown, and its causes.
///
/// A foreign message may hold what a target sent, or the URL of a hook, which is its password. So
/// messages are shown only of what our own code threw and of errors of files, sockets and the
/// database, which are about this machine.
final class ThrownText {
  private static final String OURS = "dev.cpra.";
  private static final String DATABASE = "org.sqlite.";
  private static final int FRAMES_MAX = 16;
  private static final int CAUSES_MAX = 4;

  private ThrownText() {}

  static void append(Logfmt line, Throwable thrown) {
    Throwable next = thrown;
    for (int depth = 0; next != null && depth < CAUSES_MAX; depth++) {
      String key = depth == 0 ? "error" : "cause" + depth;
      line.add(key, next.getClass().getName());
      String message = next.getMessage();
      if (message != null && isShown(next)) {
        line.add(key + "_msg", message);
      }
      if (depth == 0) {
        line.add("at", frames(next));
      }
      next = next.getCause();
    }
  }

  private static boolean isShown(Throwable thrown) {
    if (thrown instanceof FileSystemException
        || thrown instanceof SocketException
        || thrown instanceof VirtualMachineError
        || thrown.getClass().getName().startsWith(DATABASE)) {
      return true;
    }
    StackTraceElement[] frames = thrown.getStackTrace();
    return frames.length > 0 && frames[0].getClassName().startsWith(OURS);
  }

  private static String frames(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, FRAMES_MAX); i++) {
      if (i > 0) {
        text.append(" < ");
      }
      String type = frames[i].getClassName();
      text.append(type, type.lastIndexOf('.') + 1, type.length())
          .append('.')
          .append(frames[i].getMethodName())
          .append(':')
          .append(frames[i].getLineNumber());
    }
    return text.toString();
  }
}
