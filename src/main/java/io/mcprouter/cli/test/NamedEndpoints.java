package io.mcprouter.cli.test;

import io.mcprouter.config.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;

/**
 * The endpoints that a file names, once its tests have run: a name that no route has is a slip, and
 * what is said under it was never looked at.
 */
public final class NamedEndpoints {
  private final CamelContext camel;
  private final ReplacedEndpoints endpoints;

  public NamedEndpoints(CamelContext camel, ReplacedEndpoints endpoints) {
    this.camel = camel;
    this.endpoints = endpoints;
  }

  /** The names that nothing has. */
  public List<Mismatch> missing(TestFile file) {
    List<Mismatch> missing = new ArrayList<>();
    for (Map.Entry<String, TestFile.Replacement> each : file.replace().entrySet()) {
      if (!endpoints.isUsed(each.getKey())) {
        String what = "no route has an endpoint for '" + each.getKey() + "' under 'replace'";
        missing.add(new Mismatch(each.getValue().at(), what));
      }
    }
    for (RouteTest test : file.tests()) {
      for (RouteTest.Received received : test.received()) {
        if (camel.hasEndpoint(received.uri()) == null) {
          missing.add(new Mismatch(received.at(), noMock(received.uri())));
        }
      }
    }
    return missing;
  }

  private String noMock(String uri) {
    List<String> mocks =
        camel.getEndpoints().stream()
            .filter(MockEndpoint.class::isInstance)
            .map(mock -> mock.getEndpointUri().replaceFirst("://", ":"))
            .sorted()
            .toList();
    return "no route and no 'replace' has "
        + uri
        + (mocks.isEmpty() ? "" : NearestName.advice(uri, mocks));
  }
}
