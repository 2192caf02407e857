package io.mcprouter.wiring;

import com.fasterxml.jackson.core.StreamReadConstraints;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bounds on what the API reads. */
@Configuration(proxyBeanMethods = false)
class JsonBounds {
  private static final int MOST_BYTES = 1 << 20;
  private static final int DEEPEST = 20;

  @Bean
  Jackson2ObjectMapperBuilderCustomizer boundedJson() {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxDocumentLength(MOST_BYTES)
            .maxNestingDepth(DEEPEST)
            .build();
    return builder ->
        builder.postConfigurer(mapper -> mapper.getFactory().setStreamReadConstraints(bounds));
  }
}
