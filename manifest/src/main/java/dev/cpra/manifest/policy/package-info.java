/// What a manifest says beside its monitors: silences, maintenance windows and what interventions
/// may do. Pure data; time is a parameter.
@NullMarked
package dev.cpra.manifest.policy;

import org.jspecify.annotations.NullMarked;
