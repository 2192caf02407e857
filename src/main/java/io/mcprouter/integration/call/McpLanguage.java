package io.mcprouter.integration.call;

import io.mcprouter.integration.McpContent;
import io.mcprouter.integration.McpResult;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.spi.annotations.Language;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.ExpressionToPredicateAdapter;
import org.apache.camel.support.LanguageSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the last {@code mcp-call} of the exchange gave, whatever the body is by now: {@code text},
 * {@code structured}, {@code json}, {@code content}, {@code blob}, {@code isError}. Nothing where
 * there was no call.
 */
@Language("mcp")
public final class McpLanguage extends LanguageSupport {
  @Override
  public Predicate createPredicate(String expression) {
    return ExpressionToPredicateAdapter.toPredicate(createExpression(expression));
  }

  @Override
  public Expression createExpression(String expression) {
    String name = loadResource(expression).strip();
    return new Part(name, part(name));
  }

  private static Function<McpResult, @Nullable Object> part(String name) {
    return switch (name) {
      case "text" -> McpResult::text;
      case "structured" -> McpResult::structured;
      case "json" -> McpResult::structuredJson;
      case "content" -> McpResult::content;
      case "blob" -> McpLanguage::blob;
      case "isError" -> McpResult::isError;
      default ->
          throw new IllegalArgumentException(
              "The language mcp knows text, structured, json, content, blob and isError, not '"
                  + name
                  + "'");
    };
  }

  private static @Nullable Object blob(McpResult result) {
    McpContent.Binary blob = result.blob();
    return blob == null ? null : blob.stream();
  }

  private static final class Part extends ExpressionAdapter {
    private final String name;
    private final Function<McpResult, @Nullable Object> part;

    Part(String name, Function<McpResult, @Nullable Object> part) {
      this.name = name;
      this.part = part;
    }

    @Override
    public @Nullable Object evaluate(Exchange exchange) {
      McpResult result = exchange.getMessage().getHeader(McpResult.HEADER, McpResult.class);
      return result == null ? null : part.apply(result);
    }

    @Override
    public String toString() {
      return "mcp(" + name + ")";
    }
  }
}
