package io.mcprouter.console;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API as OpenAPI describes one, for programs that make clients of it. */
@RestController
public final class ApiDescription {
  private static final Resource DOCUMENT =
      new ClassPathResource("openapi.json", ApiDescription.class);

  @GetMapping(path = "/api/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  Resource document() {
    return DOCUMENT;
  }
}
