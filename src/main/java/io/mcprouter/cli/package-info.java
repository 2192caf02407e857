/**
 * The command line: one class for each command. It may use everything, and nothing uses it. What a
 * command was asked for goes to standard output, everything else to standard error; the exit code
 * is 0 for yes, 1 for no, and 2 for a command line that is wrong.
 */
@NullMarked
package io.mcprouter.cli;

import org.jspecify.annotations.NullMarked;
