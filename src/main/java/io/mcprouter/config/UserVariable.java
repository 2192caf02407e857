package io.mcprouter.config;

import org.jspecify.annotations.Nullable;

/**
 * A value that each user gives for themselves (an entry of {@code customUserVars}).
 *
 * @param title what the user is shown above the field
 * @param description what the user is shown below the field; may hold HTML, which is the
 *     administrator's
 * @param sensitive whether the value is masked while it is typed; default true
 */
public record UserVariable(String title, @Nullable String description, boolean sensitive) {}
