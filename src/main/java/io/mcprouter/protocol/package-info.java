/**
 * What a message is: frames, methods, revisions and errors of the Model Context Protocol, and the
 * ports through which messages within a call travel. Everybody may use this package; it uses the
 * JDK and Jackson's streaming core only.
 */
@NullMarked
package io.mcprouter.protocol;

import org.jspecify.annotations.NullMarked;
