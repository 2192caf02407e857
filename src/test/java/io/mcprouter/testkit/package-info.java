/**
 * What the tests of a running router share: the router itself, started in this JVM with a servers
 * file of the test's own, servers made with the official SDK as its peers, and clients that speak
 * raw JSON. Nothing here knows the router's classes but its wiring, so that a test sees what a
 * stranger's client would see. Only tests import this package.
 */
@NullMarked
package io.mcprouter.testkit;

import org.jspecify.annotations.NullMarked;
