/// Metrics for Prometheus.
@NullMarked
package dev.cpra.daemon.metrics;

import org.jspecify.annotations.NullMarked;
