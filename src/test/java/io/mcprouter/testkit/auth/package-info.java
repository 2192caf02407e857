/**
 * The other parties of an authorization: authorization servers that do as a test tells them,
 * servers that demand a token, and the browser of the user who logs in. They keep no rule of the
 * router's, so that a test shows what the router does by itself. Only tests import this package.
 */
@NullMarked
package io.mcprouter.testkit.auth;

import org.jspecify.annotations.NullMarked;
