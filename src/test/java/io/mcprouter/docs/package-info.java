/** The documentation says what the code does: its keys, tables, examples and links are checked. */
@NullMarked
package io.mcprouter.docs;

import org.jspecify.annotations.NullMarked;
