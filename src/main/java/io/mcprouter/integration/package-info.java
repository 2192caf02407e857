/**
 * Camel components for teams: routes call tools, and routes are tools, resources and prompts. What
 * the components share stands here; each has a package of its own.
 */
@NullMarked
package io.mcprouter.integration;

import org.jspecify.annotations.NullMarked;
