/**
 * What the shipped guardrails do that YAML cannot say: the beans of the route templates in {@code
 * routes/guard-*.camel.yaml}. Their routes run on virtual threads, so a step may wait; what stands
 * in a call's stream is called on event loops and never does.
 */
@NullMarked
package io.mcprouter.routing.guard;

import org.jspecify.annotations.NullMarked;
