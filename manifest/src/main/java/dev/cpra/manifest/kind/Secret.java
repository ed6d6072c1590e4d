package dev.cpra.manifest.kind;

/// A value that is never printed.
///
/// @param value the secret itself
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
