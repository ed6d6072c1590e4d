/// Small charts as inline SVG: readable in light, dark and print, without colour vision, and aloud.
///
/// Colours are classes that the page's style sheet defines: `s0`, `s1`, ... for variants, `g0` ...
/// for parts of a whole. Every string that enters a chart is escaped.
@NullMarked
package dev.cpra.harness.report.chart;

import org.jspecify.annotations.NullMarked;
