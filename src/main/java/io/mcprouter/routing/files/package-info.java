/**
 * The directory of route files: what stands there is loaded at start and again whenever it changes,
 * one file at a time and each as a whole. A file that is wrong leaves what it held before.
 */
@NullMarked
package io.mcprouter.routing.files;

import org.jspecify.annotations.NullMarked;
