package io.mcprouter.wiring;

import io.mcprouter.console.ActionAudit;
import io.mcprouter.console.ApprovalAudit;
import io.mcprouter.console.AuditApi;
import io.mcprouter.console.CallAudit;
import io.mcprouter.credential.AuditLog;
import io.mcprouter.identity.Administrators;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Who enters what into the audit log. Where auditing is off, nobody looks at a call. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(
    prefix = McpRouterProperties.PREFIX,
    name = "audit.enabled",
    matchIfMissing = true)
class AuditConfiguration {
  @Bean
  CallAudit callAudit(AuditLog log, Clock clock, McpRouterProperties properties) {
    return new CallAudit(log, clock, properties.audit().arguments());
  }

  @Bean
  ApprovalAudit approvalAudit(AuditLog log, Clock clock) {
    return new ApprovalAudit(log, clock);
  }

  @Bean
  MeterBinder auditMeters(AuditLog log) {
    return registry ->
        FunctionCounter.builder("mcp.router.audit.dropped", log, AuditLog::dropped)
            .description("Entries of the audit log that were lost")
            .register(registry);
  }

  @Bean
  @ConditionalOnWebApplication
  AuditApi auditApi(AuditLog log, Administrators administrators) {
    return new AuditApi(log, administrators);
  }

  /** Over the API and on the pages of a login. */
  @Bean
  @ConditionalOnWebApplication
  WebMvcConfigurer actionAudit(AuditLog log, Clock clock) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ActionAudit(log, clock));
      }
    };
  }
}
