package io.mcprouter.routing;

import io.mcprouter.config.TemplateUse;
import org.jspecify.annotations.Nullable;

/**
 * One of the routes that an entry becomes, in the order in which a call passes them.
 *
 * @param routeId the route's id in Camel's own listing
 * @param entry the name of the direct endpoint where calls come in
 * @param next that of the next route; null for the one that leads to the server
 */
record TemplateLink(TemplateUse use, String routeId, String entry, @Nullable String next) {}
