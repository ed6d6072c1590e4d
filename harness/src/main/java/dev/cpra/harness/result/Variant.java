package dev.cpra.harness.result;

import java.util.Map;

/// One thing that is compared: an engine with options, under a name of its own.
///
/// @param name its name in reports, such as `small-batches`
/// @param engine the name of its `EngineProvider`
/// @param options the options it was created with, empty for its defaults
public record Variant(String name, String engine, Map<String, String> options) {}
