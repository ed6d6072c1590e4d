/// Writes an evaluation for people (`report.html`, `report.md`, the terminal) and for scripts
/// (`report.json`). All of them say the same because all are written from one [Summary].
@NullMarked
package dev.cpra.harness.report;

import org.jspecify.annotations.NullMarked;
