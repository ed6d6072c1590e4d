package dev.cpra.harness.report;

/// One load in `index.html`.
///
/// @param link relative, already encoded
/// @param load the load's name
/// @param question what it is to find out; empty if it does not say
/// @param headline its verdict
/// @param valid whether nothing makes it invalid
public record IndexRow(String link, String load, String question, String headline, boolean valid) {}
