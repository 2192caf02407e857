/**
 * The control plane: REST for users and operators, the pages of a login, and who may see them. It
 * runs on threads that may block, apart from the data plane.
 */
@NullMarked
package io.mcprouter.console;

import org.jspecify.annotations.NullMarked;
