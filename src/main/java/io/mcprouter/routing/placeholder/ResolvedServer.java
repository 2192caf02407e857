package io.mcprouter.routing.placeholder;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server is opened with, for one caller. All of it may be secret; nothing but the digest may
 * be shown or logged.
 *
 * @param url where a remote server is; null for a child process
 * @param proxy the proxy's URL; null where there is none
 * @param headers sent with every request, in the order of the file
 * @param env added to a child's environment
 * @param args a child's arguments
 * @param digest tells whether two callers, or one caller at two times, have the same values
 * @param expires when the values are worth nothing any more, {@link Instant#MAX} for never
 */
public record ResolvedServer(
    @Nullable String url,
    @Nullable String proxy,
    Map<String, String> headers,
    Map<String, String> env,
    List<String> args,
    String digest,
    Instant expires) {
  public ResolvedServer {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    args = List.copyOf(args);
  }

  /**
   * @param program what is the same for all callers and still makes another server of it: the
   *     transport, and the program of a child
   */
  static ResolvedServer of(
      List<String> program,
      @Nullable String url,
      @Nullable String proxy,
      Map<String, String> headers,
      Map<String, String> env,
      List<String> args,
      Instant expires) {
    Digest digest = new Digest().add(program).add(url).add(proxy).add(headers).add(env).add(args);
    return new ResolvedServer(url, proxy, headers, env, args, digest.text(), expires);
  }

  @Override
  public String toString() {
    return "ResolvedServer[" + digest + "]";
  }
}
