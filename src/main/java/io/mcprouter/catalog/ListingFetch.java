package io.mcprouter.catalog;

import io.mcprouter.catalog.CatalogSettings.ListBounds;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for all pages of one list. Its outcome is the whole list or a failure, never a
 * part.
 */
final class ListingFetch {
  private static final byte[] ANY_ID = JsonText.number(1);

  private final ServerCalls calls;
  private final String server;
  private final ListKind kind;
  private final Caller caller;
  private final ListBounds bounds;
  private final Outcome outcome;
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Item> items = new ArrayList<>();
  private final Set<String> cursors = new HashSet<>();
  private volatile @Nullable McpCall open;
  private volatile @Nullable Future<?> limit;
  private int pages;
  private int bytes;

  /**
   * @param caller in whose name the list is asked for
   * @param outcome is told once, on any thread
   */
  ListingFetch(
      ServerCalls calls,
      String server,
      ListKind kind,
      Caller caller,
      ListBounds bounds,
      Outcome outcome) {
    this.calls = calls;
    this.server = server;
    this.kind = kind;
    this.caller = caller;
    this.bounds = bounds;
    this.outcome = outcome;
  }

  void start(ScheduledExecutorService timer) {
    limit = timer.schedule(this::late, bounds.time().toMillis(), TimeUnit.MILLISECONDS);
    ask(null);
  }

  private void late() {
    McpFailure failure = McpFailure.timedOut(server, bounds.time());
    end(null, failure);
    McpCall call = open;
    if (call != null) {
      call.cancel(failure);
    }
  }

  private void ask(@Nullable String cursor) {
    byte[] params =
        cursor == null ? null : Messages.join("{\"cursor\":", JsonText.quoted(cursor), "}");
    McpCall call = new McpCall(caller, McpClient.NONE, CallStream.NONE);
    open = call;
    try {
      Frame request = Frame.parse(Messages.request(ANY_ID, kind.method(), params));
      calls.send(server, request, call, this::answered);
    } catch (MalformedMessage | RuntimeException e) {
      end(null, McpFailure.from(e, server));
    }
  }

  private void answered(@Nullable Frame reply, @Nullable McpFailure failure) {
    if (over.get()) {
      return;
    }
    if (reply == null) {
      end(null, failure != null ? failure : violation("no answer"));
    } else if (reply.error() != null) {
      refused(reply.error());
    } else {
      take(reply);
    }
  }

  /** A server without the capability has an empty list. */
  private void refused(JsonSpan error) {
    JsonSpan code = error.member("code");
    String number = code == null ? "without a code" : code.json();
    if (number.equals(Integer.toString(ErrorCodes.METHOD_NOT_FOUND))) {
      end(Listing.EMPTY, null);
    } else {
      end(null, violation("error " + number));
    }
  }

  private void take(Frame reply) {
    JsonSpan result = reply.result();
    JsonSpan list = result == null ? null : result.member(kind.listKey());
    if (result == null || list == null || !list.isArray()) {
      end(null, violation("a result without an array '" + kind.listKey() + "'"));
      return;
    }
    for (JsonSpan element : list.elements()) {
      Item item = Item.of(element, kind);
      if (item != null) {
        items.add(item);
      }
    }
    pages++;
    bytes += reply.length();
    JsonSpan next = result.member("nextCursor");
    if (items.size() > bounds.items() || bytes > bounds.bytes()) {
      end(null, tooMuch());
    } else if (next == null || next.isNull()) {
      end(new Listing(items), null);
    } else {
      turn(next);
    }
  }

  private void turn(JsonSpan next) {
    if (!next.isString()) {
      end(null, violation("a cursor that is no string"));
    } else if (!cursors.add(next.text())) {
      end(null, violation("the same cursor twice, which would never end"));
    } else if (pages >= bounds.pages()) {
      end(null, tooMuch());
    } else {
      ask(next.text());
    }
  }

  private McpFailure tooMuch() {
    return McpFailure.limit(
        server,
        "its answers to %s go over the bound of %d pages, %d items or %d bytes"
            .formatted(kind.method(), bounds.pages(), bounds.items(), bounds.bytes()));
  }

  private McpFailure violation(String what) {
    return McpFailure.violation(server, what + " as the answer to " + kind.method());
  }

  private void end(@Nullable Listing listing, @Nullable McpFailure failure) {
    if (over.compareAndSet(false, true)) {
      Future<?> timeout = limit;
      if (timeout != null) {
        timeout.cancel(false);
      }
      outcome.accept(listing, failure);
    }
  }

  /** Is told how it ended; exactly one of the two is there. */
  @FunctionalInterface
  interface Outcome {
    void accept(@Nullable Listing listing, @Nullable McpFailure failure);
  }
}
