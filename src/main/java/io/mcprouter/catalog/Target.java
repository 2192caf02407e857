package io.mcprouter.catalog;

/**
 * Where a call goes.
 *
 * @param server the server's name
 * @param name the tool's or prompt's own name there
 */
public record Target(String server, String name) {}
