/// The daemon as it is seen from outside: health, metrics, heartbeats over HTTP.
@NullMarked
package dev.cpra.daemon.http;

import org.jspecify.annotations.NullMarked;
