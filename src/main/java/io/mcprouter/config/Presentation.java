package io.mcprouter.config;

import org.jspecify.annotations.Nullable;

/**
 * How a server is shown to people.
 *
 * @param title the name for people; the server's name where absent
 * @param description one line on what the server is for
 * @param iconPath an image for the server and for its tools that have none: a URL, a data URI or a
 *     path
 * @param chatMenu whether the server belongs to the built-in toolset {@code chat}; default true
 */
public record Presentation(
    @Nullable String title,
    @Nullable String description,
    @Nullable String iconPath,
    boolean chatMenu) {
  public static final Presentation DEFAULT = new Presentation(null, null, null, true);
}
