package dev.cpra.manifest;

/// One thing wrong in a file. [#toString] gives the line that commands print.
///
/// @param file as the caller named it
/// @param line from 1
/// @param column from 1, in characters
/// @param message what was wrong, what was expected and how to mend it; never holds a secret's
///   value
public record Problem(String file, int line, int column, String message) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
