/**
 * What the administrator wrote: one {@code ServerDefinition} for each entry under {@code
 * mcpServers}, with its line in the file and every placeholder still unresolved. Everything here is
 * an immutable record or a sealed choice, so a set of definitions can be compared with the next one
 * and shared between threads. Only the protocol package is used, and nothing here reads a file.
 */
@NullMarked
package io.mcprouter.config;

import org.jspecify.annotations.NullMarked;
