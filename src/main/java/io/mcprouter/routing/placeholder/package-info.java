/**
 * Puts values in the place of placeholders: the administrator's variables once, when a server is
 * compiled, and the caller's fields and variables with every call. A text is taken apart once and
 * put together in one pass, so a value is never scanned again, and each place has its own rules for
 * what a value may be and how it is written. The JDK, the protocol package and the configuration's
 * model are all it uses.
 */
@NullMarked
package io.mcprouter.routing.placeholder;

import org.jspecify.annotations.NullMarked;
