/** The shipped guardrails, each in a whole router with servers over two transports. */
@NullMarked
package io.mcprouter.guard;

import org.jspecify.annotations.NullMarked;
