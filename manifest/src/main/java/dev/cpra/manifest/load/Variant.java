package dev.cpra.manifest.load;

import java.util.Map;

/// An engine under the name a report gives it.
///
/// @param engine the engine's own name
/// @param options by name, their values as written
public record Variant(String engine, Map<String, String> options) {}
