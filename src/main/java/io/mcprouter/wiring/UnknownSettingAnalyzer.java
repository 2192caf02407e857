package io.mcprouter.wiring;

import io.mcprouter.config.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names the setting that was most likely meant, which Spring's own analysis does not. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownSettingAnalyzer
    extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {
  @Override
  protected FailureAnalysis analyze(
      Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
    var unknown = cause.getUnboundProperties();
    return new FailureAnalysis(
        lines(unknown, UnknownSettingAnalyzer::description),
        lines(unknown, UnknownSettingAnalyzer::action),
        cause);
  }

  private static String lines(
      Collection<ConfigurationProperty> unknown, Function<ConfigurationProperty, String> line) {
    return unknown.stream().map(line).collect(Collectors.joining(System.lineSeparator()));
  }

  private static String description(ConfigurationProperty unknown) {
    Origin origin = unknown.getOrigin();
    String where = origin == null ? "" : " (" + origin + ")";
    return "There is no setting " + unknown.getName() + where + ".";
  }

  private static String action(ConfigurationProperty unknown) {
    String name = unknown.getName().toString();
    List<String> known = SettingNames.of(McpRouterProperties.PREFIX, McpRouterProperties.class);
    return NearestName.of(name, known)
        .map(nearest -> "Write " + nearest + ", if that is meant.")
        .orElse("Remove " + name + "; docs/configuration.md has every setting.");
  }
}
