/**
 * Authorization towards servers: what a server asks for, where it is to be had, and how it is kept.
 * All its requests go through the guarded sender.
 */
@NullMarked
package io.mcprouter.oauth;

import org.jspecify.annotations.NullMarked;
