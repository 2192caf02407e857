package io.mcprouter.routing.files;

import static java.util.stream.Collectors.joining;

import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the options of an endpoint. Options are named, and their values never: a value
 * may be a secret, whatever its option is called.
 */
final class EndpointFault {
  private static final String UNKNOWN = "Unknown parameters=[{";

  private final CamelContext camel;
  private final String scheme;
  private final @Nullable EndpointUriFactory options;

  private EndpointFault(CamelContext camel, String scheme) {
    this.camel = camel;
    this.scheme = scheme;
    this.options = camel.getCamelContextExtension().getEndpointUriFactory(scheme);
  }

  /** The component that a URI names. */
  static String scheme(String uri) {
    int colon = uri.indexOf(':');
    return colon < 0 ? uri : uri.substring(0, colon);
  }

  /** The fault in the options, or null where they are not what is wrong. */
  static @Nullable CamelFault of(CamelContext camel, ResolveEndpointFailedException thrown) {
    EndpointFault fault = new EndpointFault(camel, scheme(thrown.getUri()));
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PropertyBindingException binding && binding.getPropertyName() != null) {
        return fault.ofValue(binding.getPropertyName());
      }
    }
    String message = String.valueOf(thrown.getMessage());
    int list = message.lastIndexOf(UNKNOWN);
    return list < 0 ? null : fault.ofNames(unknown(thrown.getUri(), message.substring(list)));
  }

  private CamelFault ofNames(Set<String> unknown) {
    if (unknown.isEmpty()) {
      return new CamelFault(
          scheme + " has no option of a name that is used", List.of(scheme + ":", scheme));
    }
    String reason =
        unknown.stream()
            .map(name -> scheme + " has no option '" + name + "'" + nearest(name))
            .collect(joining("; "));
    return new CamelFault(reason, List.copyOf(unknown));
  }

  /** Camel writes the unknown ones as a map, with their values. */
  private static Set<String> unknown(String uri, String listed) {
    try {
      String query = uri.substring(uri.indexOf('?') + 1);
      Set<String> names = new TreeSet<>(URISupport.parseQuery(query, true).keySet());
      names.removeIf(
          name -> !listed.contains("{" + name + "=") && !listed.contains(" " + name + "="));
      return names;
    } catch (URISyntaxException e) {
      return Set.of(); // which one it is stays open
    }
  }

  private String nearest(String name) {
    if (options == null) {
      return "";
    }
    Set<String> known = new TreeSet<>(options.propertyNames());
    int dot = name.indexOf('.');
    if (dot > 0) {
      options.multiValuePrefixes().values().forEach(p -> known.add(p + name.substring(dot + 1)));
    }
    return CamelNames.nearest(name, known);
  }

  private CamelFault ofValue(String option) {
    return new CamelFault(
        "the value of the option '" + option + "' of " + scheme + " " + expected(type(option)),
        List.of(option));
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "cannot be used";
    }
    return type.isEnum()
        ? "is none of "
            + Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(joining(", "))
        : "is no " + type.getSimpleName();
  }

  private @Nullable Class<?> type(String option) {
    PropertyConfigurer configurer =
        PluginHelper.getConfigurerResolver(camel)
            .resolvePropertyConfigurer(scheme + "-endpoint-configurer", camel);
    return configurer instanceof PropertyConfigurerGetter getter
        ? getter.getOptionType(option, true)
        : null;
  }
}
