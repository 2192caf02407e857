/**
 * The router's store: what users keep here (variables, keys, tokens), sealed; who did what; and the
 * news of a change for the other nodes. It is an H2 file or a PostgreSQL database. Everything here
 * blocks but where it says otherwise, so it is called on virtual threads.
 */
@NullMarked
package io.mcprouter.credential;

import org.jspecify.annotations.NullMarked;
