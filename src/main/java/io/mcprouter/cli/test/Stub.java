package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.config.SourceLocation;
import java.util.Map;

/**
 * What stands for a server.
 *
 * @param at where the file says it
 * @param entry what an entry of the servers file would say of it, beside where the server is
 * @param tools its tools by name
 */
public record Stub(String name, SourceLocation at, ObjectNode entry, Map<String, StubTool> tools) {}
