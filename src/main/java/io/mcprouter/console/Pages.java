package io.mcprouter.console;

import io.mcprouter.config.ServerName;
import io.mcprouter.oauth.LoginOffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;

/** The few pages of a login. Whatever comes from outside stands in them as text. */
final class Pages {
  private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

  private Pages() {}

  /**
   * Names the server and who will be asked, with one button that leads on.
   *
   * @param user who they are here
   * @param serverHostShown whether the user may see where the server is
   */
  static ResponseEntity<String> offer(LoginOffer offer, String user, boolean serverHostShown) {
    StringBuilder body = new StringBuilder();
    body.append("<h1>Connect ").append(text(ServerName.shown(offer.server()))).append("</h1>");
    body.append("<p>The MCP server <b>")
        .append(text(ServerName.shown(offer.server())))
        .append("</b>");
    if (serverHostShown && offer.serverHost() != null) {
      body.append(" at <b>").append(text(offer.serverHost())).append("</b>");
    }
    body.append(" wants you to log in at <b>")
        .append(text(offer.authorizationHost()))
        .append("</b>. What you allow there, this router may do there in your name alone.</p>");
    body.append("<p>You are <b>").append(text(user)).append("</b> here.</p>");
    scopes(body, offer.scopes());
    body.append("<form method=\"post\">");
    body.append("<button name=\"agree\" value=\"yes\">Continue to ")
        .append(text(offer.authorizationHost()))
        .append("</button></form>");
    return page(
        HttpStatus.OK,
        "Connect " + ServerName.shown(offer.server()),
        body.toString(),
        offer.authorizationOrigin());
  }

  private static final String KEY_FIELD =
      "<p><label>Your API key of this router: <input type=\"password\" name=\"key\""
          + " autocomplete=\"off\" required></label></p>";

  /** Asks who is there, before anything is said of the login. */
  static ResponseEntity<String> whoAreYou(
      @Nullable String complaint, String link, Set<String> issuers) {
    StringBuilder body = new StringBuilder("<h1>Who are you?</h1>");
    if (complaint != null) {
      body.append("<p><b>").append(text(complaint)).append("</b></p>");
    }
    body.append("<p>This link belongs to one user of the router. Show that it is you.</p>");
    for (String issuer : issuers) {
      body.append("<p><a href=\"../user/at/")
          .append(text(UriUtils.encodePathSegment(issuer, StandardCharsets.UTF_8)))
          .append("?link=")
          .append(text(UriUtils.encode(link, StandardCharsets.UTF_8)))
          .append("\">Log in with ")
          .append(text(issuer))
          .append("</a></p>");
    }
    body.append("<form method=\"post\">")
        .append(KEY_FIELD)
        .append("<button name=\"show\" value=\"yes\">Go on</button></form>");
    HttpStatus status = complaint == null ? HttpStatus.OK : HttpStatus.UNAUTHORIZED;
    return page(status, "Who are you?", body.toString(), null);
  }

  private static void scopes(StringBuilder body, List<String> scopes) {
    if (!scopes.isEmpty()) {
      body.append("<p>It asks for:</p><ul>");
      scopes.forEach(scope -> body.append("<li><code>").append(text(scope)).append("</code></li>"));
      body.append("</ul>");
    }
  }

  static ResponseEntity<String> connected(String server) {
    return page(
        HttpStatus.OK,
        "Connected",
        "<h1>Connected</h1><p>You can use <b>"
            + text(ServerName.shown(server))
            + "</b> now. Close this window and go on where you were.</p>",
        null);
  }

  static ResponseEntity<String> failed(HttpStatus status, String why) {
    return page(status, "Not connected", "<h1>Not connected</h1><p>" + text(why) + "</p>", null);
  }

  /**
   * @param formTarget an origin that the page's form may lead to, besides the router's own;
   *     browsers look at where a form's answer redirects to as well
   */
  private static ResponseEntity<String> page(
      HttpStatus status, String title, String body, @Nullable String formTarget) {
    String html =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
            + text(title)
            + "</title><meta name=\"viewport\" content=\"width=device-width\"></head><body>"
            + body
            + "</body></html>";
    return ResponseEntity.status(status)
        .contentType(HTML)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
                + (formTarget == null ? "" : " " + formTarget))
        .body(html);
  }

  private static String text(String anything) {
    return HtmlUtils.htmlEscape(anything);
  }
}
