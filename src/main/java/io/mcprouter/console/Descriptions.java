package io.mcprouter.console;

import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Descriptions of users' variables: the administrator may write HTML, of which links and emphasis
 * are kept and nothing else.
 */
final class Descriptions {
  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements("a", "b", "strong", "i", "em", "code", "p", "br", "ul", "ol", "li")
          .allowUrlProtocols("https")
          .allowAttributes("href")
          .onElements("a")
          .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
          .toFactory();

  private Descriptions() {}

  static @Nullable String safe(@Nullable String html) {
    return html == null ? null : POLICY.sanitize(html);
  }
}
