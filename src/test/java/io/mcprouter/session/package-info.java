/** Tests of sessions against servers that live in this JVM. */
@NullMarked
package io.mcprouter.session;

import org.jspecify.annotations.NullMarked;
