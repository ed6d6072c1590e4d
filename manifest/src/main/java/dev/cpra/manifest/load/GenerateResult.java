package dev.cpra.manifest.load;

import dev.cpra.manifest.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What reading a mix gave.
///
/// @param generate null exactly when there are problems
/// @param problems what was wrong
public record GenerateResult(@Nullable Generate generate, List<Problem> problems) {}
