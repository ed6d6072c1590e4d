package dev.cpra.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// What a command ends with that could not do its work, for a reason that is none of its verdicts:
/// one line and an exit code that no verdict has, so that nobody takes a full disk for a
/// regression.
public final class FailedCommand {
  /// Exit code: a file could not be read or written.
  public static final int FILE = 74;

  /// Exit code: a defect of this program.
  public static final int DEFECT = 70;

  private FailedCommand() {}

  /// Says what is wrong.
  ///
  /// @return the exit code
  public static int report(Exception error, PrintWriter out) {
    IOException cause = error instanceof UncheckedIOException e ? e.getCause() : null;
    if (error instanceof IOException e) {
      cause = e;
    }
    if (cause != null) {
      out.printf("cpra: %s%n", text(cause));
      return FILE;
    }
    out.println("cpra: a defect of this program; please report what follows");
    error.printStackTrace(out);
    out.flush();
    return DEFECT;
  }

  /// What is wrong with a file, its name first.
  static String text(IOException error) {
    if (error instanceof FileSystemException e && e.getReason() == null) {
      return e.getFile() + ": " + kind(e);
    }
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }

  private static String kind(FileSystemException error) {
    return switch (error) {
      case NoSuchFileException _ -> "no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "expected a folder, found a file";
      case NotDirectoryException _ -> "expected a folder, found a file";
      default -> error.getClass().getSimpleName();
    };
  }
}
