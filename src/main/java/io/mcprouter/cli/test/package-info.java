/**
 * Tests of routes as a file says them: stubs stand for the servers, everything between a call and
 * them is the router itself.
 */
@NullMarked
package io.mcprouter.cli.test;

import org.jspecify.annotations.NullMarked;
