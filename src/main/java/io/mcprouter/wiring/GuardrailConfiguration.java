package io.mcprouter.wiring;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.routing.guard.ApprovalObserver;
import io.mcprouter.routing.guard.Approvals;
import io.mcprouter.routing.guard.ToolCalls;
import io.mcprouter.routing.guard.ToolHints;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the shipped guardrails ask of the router, named as their templates name it. */
@Configuration(proxyBeanMethods = false)
class GuardrailConfiguration {
  @Bean
  ToolCalls mcpToolCalls() {
    return new ToolCalls();
  }

  @Bean
  Approvals mcpApprovals(
      McpRouterProperties properties, ObjectProvider<ApprovalObserver> observer) {
    return new Approvals(
        observer.getIfAvailable(() -> (request, agreed) -> {}),
        properties.authentication().isRequired());
  }

  /** A list that was never asked for is waited for no longer than the entry's listWait. */
  @Bean
  ToolHints mcpToolHints(ObjectProvider<Catalog> catalog) {
    return (server, caller, tool) -> hints(catalog.getObject().listed(server, caller, tool).join());
  }

  private static ToolHints.Hints hints(byte @Nullable [] tool) {
    if (tool == null) {
      return ToolHints.Hints.UNKNOWN;
    }
    try {
      JsonSpan annotations = JsonSpan.parse(tool, Integer.MAX_VALUE).member("annotations");
      return annotations == null
          ? ToolHints.Hints.UNKNOWN
          : new ToolHints.Hints(
              isTrue(annotations, "readOnlyHint"), isTrue(annotations, "idempotentHint"));
    } catch (MalformedMessage e) {
      throw new IllegalStateException("a list that was read before", e);
    }
  }

  private static boolean isTrue(JsonSpan annotations, String hint) {
    JsonSpan value = annotations.member(hint);
    return value != null && value.isTrue();
  }
}
