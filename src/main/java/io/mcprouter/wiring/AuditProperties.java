package io.mcprouter.wiring;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is entered into the audit log; how long it is kept is a setting of the store.
 *
 * @param enabled whether anything is
 * @param arguments whether the arguments of tool calls are entered too, up to 4 KiB of each
 */
public record AuditProperties(
    @DefaultValue("true") boolean enabled, @DefaultValue("false") boolean arguments) {}
