/**
 * Which tools, prompts, resources and resource templates exist, under which public name, for whom.
 * The endpoint and the integration components ask it; it asks the servers through their routes and
 * keeps what they say as immutable lists. It knows neither clients nor transports.
 */
@NullMarked
package io.mcprouter.catalog;

import org.jspecify.annotations.NullMarked;
