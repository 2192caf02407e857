/** Programs as tools: what {@code camel-exec} needs to run one safely for callers of a tool. */
@NullMarked
package io.mcprouter.integration.command;

import org.jspecify.annotations.NullMarked;
