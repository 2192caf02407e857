package io.mcprouter.credential;

import io.mcprouter.credential.MessageJournal.Ended;
import io.mcprouter.credential.MessageJournal.Intent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of calls that messages make. Times are the database's, which all nodes share. */
final class MessageTable {
  static final String TABLE = "message_calls";
  private static final String ONE = " source = :source AND id = :id ";
  private static final int REMOVED_AT_ONCE = 10_000;

  private final Store store;
  private final Sealing sealing;

  MessageTable(Store store, Sealing sealing) {
    this.store = store;
    this.sealing = sealing;
  }

  private JdbcClient.StatementSpec sql(String sql, Intent intent) {
    return store.jdbc().sql(sql).param("source", intent.source()).param("id", intent.id());
  }

  private static SealedField place(Intent intent) {
    return new SealedField(TABLE, "", "", intent.source(), intent.id());
  }

  /** Adds a row; false where the message has one. */
  boolean insert(Intent intent, String node) {
    return sql(
                """
                INSERT INTO message_calls
                  (source, id, digest, repeatable, node, claims, changed_at)
                VALUES (:source, :id, :digest, :repeatable, :node, 1, CURRENT_TIMESTAMP)
                ON CONFLICT DO NOTHING""",
                intent)
            .param("digest", intent.digest())
            .param("repeatable", intent.repeatable())
            .param("node", node)
            .update()
        > 0;
  }

  /**
   * The row of a message.
   *
   * @param silence after which a node counts as gone
   */
  Optional<Row> find(Intent intent, Duration silence) {
    return sql(
            """
            SELECT c.digest, c.repeatable, c.node, c.claims, c.status, c.answer,
                   COALESCE(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)
                     - EXTRACT(EPOCH FROM n.seen_at) < :silence, FALSE) AS alive
              FROM message_calls c LEFT JOIN message_nodes n ON n.node = c.node
             WHERE c.source = :source AND c.id = :id""",
            intent)
        .param("silence", silence.toMillis() / 1_000.0)
        .query((row, at) -> row(intent, row))
        .optional();
  }

  private Row row(Intent intent, ResultSet row) throws SQLException {
    String status = row.getString("status");
    return new Row(
        row.getString("digest"),
        row.getBoolean("repeatable"),
        row.getString("node"),
        row.getInt("claims"),
        status == null ? null : new Ended(status, opened(intent, row.getBytes("answer"))),
        row.getBoolean("alive"));
  }

  /** An answer that cannot be opened any more is as good as one that was too large. */
  private byte @Nullable [] opened(Intent intent, byte @Nullable [] sealed) {
    try {
      return sealed == null ? null : sealing.unsealUntold(sealed, place(intent));
    } catch (Sealing.UnsealableException e) {
      return null;
    }
  }

  /** Takes the call over from a node that is gone; false where another one was faster. */
  boolean takeOver(Intent intent, Row before, String node) {
    return sql(
                """
                UPDATE message_calls
                   SET node = :node, claims = claims + 1, changed_at = CURRENT_TIMESTAMP
                 WHERE source = :source AND id = :id AND status IS NULL
                   AND node = :before AND claims = :claims""",
                intent)
            .param("node", node)
            .param("before", before.node())
            .param("claims", before.claims())
            .update()
        > 0;
  }

  /** Writes how a call ended; false where it is this node's no more. */
  boolean finish(Intent intent, String node, int claims, Ended ended) {
    byte[] answer = ended.answer();
    return sql(
                """
                UPDATE message_calls
                   SET status = :status, answer = :answer, changed_at = CURRENT_TIMESTAMP
                 WHERE source = :source AND id = :id AND status IS NULL
                   AND node = :node AND claims = :claims""",
                intent)
            .param("status", ended.status())
            .param("answer", answer == null ? null : sealing.sealUntold(answer, place(intent)))
            .param("node", node)
            .param("claims", claims)
            .update()
        > 0;
  }

  boolean delete(Intent intent, String node, int claims) {
    return sql(
                "DELETE FROM message_calls WHERE"
                    + ONE
                    + "AND status IS NULL AND node = :node AND claims = :claims",
                intent)
            .param("node", node)
            .param("claims", claims)
            .update()
        > 0;
  }

  /** Says that a node is alive. */
  void seen(String node) {
    int known =
        store
            .jdbc()
            .sql("UPDATE message_nodes SET seen_at = CURRENT_TIMESTAMP WHERE node = :node")
            .param("node", node)
            .update();
    if (known == 0) {
      store
          .jdbc()
          .sql("INSERT INTO message_nodes (node, seen_at) VALUES (:node, CURRENT_TIMESTAMP)")
          .param("node", node)
          .update();
    }
  }

  void gone(String node) {
    store.jdbc().sql("DELETE FROM message_nodes WHERE node = :node").param("node", node).update();
  }

  /** Removes what was last changed that long ago; returns how many calls. */
  int removeOlderThan(Duration age) {
    double seconds = age.toMillis() / 1_000.0;
    String old = " WHERE EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) - EXTRACT(EPOCH FROM %s) > :seconds";
    int removed = 0;
    int last;
    do {
      last =
          store
              .jdbc()
              .sql(
                  "DELETE FROM message_calls WHERE (source, id) IN (SELECT source, id FROM"
                      + " message_calls"
                      + old.formatted("changed_at")
                      + " ORDER BY changed_at LIMIT "
                      + REMOVED_AT_ONCE
                      + ")")
              .param("seconds", seconds)
              .update();
      removed += last;
    } while (last == REMOVED_AT_ONCE);
    store
        .jdbc()
        .sql("DELETE FROM message_nodes" + old.formatted("seen_at"))
        .param("seconds", seconds)
        .update();
    return removed;
  }

  /**
   * A call as it is stored.
   *
   * @param ended null where its end is not known
   * @param alive whether its node has been heard of lately
   */
  record Row(
      String digest,
      boolean repeatable,
      String node,
      int claims,
      @Nullable Ended ended,
      boolean alive) {
    @Override
    public String toString() {
      return "Row[" + node + "]";
    }
  }
}
