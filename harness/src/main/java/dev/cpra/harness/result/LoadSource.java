package dev.cpra.harness.result;

/// The load file as it was read.
///
/// @param path as given on the command line
/// @param text its whole text
public record LoadSource(String path, String text) {}
