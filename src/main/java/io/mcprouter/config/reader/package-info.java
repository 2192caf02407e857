/**
 * Reads {@code mcpServers} from YAML or JSON into definitions, and watches the file for changes.
 * Every fault has its line and column, and one bad entry never stops another. It uses SnakeYAML for
 * the node tree and nothing of Spring.
 */
@NullMarked
package io.mcprouter.config.reader;

import org.jspecify.annotations.NullMarked;
