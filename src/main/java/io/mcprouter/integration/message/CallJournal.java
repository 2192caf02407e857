package io.mcprouter.integration.message;

import org.jspecify.annotations.Nullable;

/**
 * Remembers which messages were called and how that ended, across crashes and for all nodes. What
 * is written is safe when a method returns. All of this blocks; what fails throws, and nothing was
 * decided then.
 */
public interface CallJournal {
  /** Says that a message is about to be called, or finds what became of it before. */
  Claim claim(Intent intent);

  /** Writes how a call ended; the claim is left. */
  End finish(Claim.Mine mine, Kept answer);

  /**
   * Takes an intent back: the call was not made, and whoever claims the message next begins anew.
   */
  void withdraw(Claim.Mine mine);

  /** This process goes no further with a message, however far it came. Writes nothing. */
  void leave(Claim.Mine mine);

  /**
   * What is about to be called.
   *
   * @param source the name of the consumer; ids of one say nothing about those of another
   * @param digest tells a message from another one under the same id
   * @param repeatable whether the tool declares that calling it twice does no harm
   */
  record Intent(String source, String id, String digest, boolean repeatable) {}

  /**
   * An answer as it is kept.
   *
   * @param json the whole answer; null where it was too large to be kept
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Kept(Status status, byte @Nullable [] json) {
    /** Tells the status alone. */
    @Override
    public String toString() {
      return "Kept[" + status + "]";
    }
  }

  /** What became of an answer that was to be written. */
  sealed interface End {
    /** It is written. */
    record Counts() implements End {}

    /** Somebody else has taken the message over, and this answer counts in its place. */
    record Answered(Kept answer) implements End {}

    /** Somebody else has taken the message over and not answered yet: claim it again. */
    record Superseded() implements End {}
  }

  /** What a claim found. */
  sealed interface Claim {
    /**
     * The message is this one's, and nobody else's until it is finished, withdrawn or left.
     *
     * @param claims how often it was claimed since it was last withdrawn
     * @param token tells this claim from any other of this process
     * @param interrupted whether it was called before, and nobody knows how that ended
     * @param repeatable whether the tool declared then that calling it twice does no harm
     */
    record Mine(Intent intent, int claims, boolean interrupted, boolean repeatable, long token)
        implements Claim {}

    /** It was called, and this is how that ended. */
    record Answered(Kept answer) implements Claim {}

    /** Somebody who is alive works on it: ask again. */
    record Busy() implements Claim {}

    /** Another message has come under that id. */
    record AnotherMessage() implements Claim {}
  }
}
