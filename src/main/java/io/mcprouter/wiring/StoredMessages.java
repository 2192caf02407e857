package io.mcprouter.wiring;

import io.mcprouter.credential.MessageJournal;
import io.mcprouter.integration.message.CallJournal;
import io.mcprouter.integration.message.Status;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/** The journal in the router's store, which is begun when the first message comes. */
record StoredMessages(ObjectProvider<MessageJournal> journal) implements CallJournal {
  private static MessageJournal.Intent stored(Intent intent) {
    return new MessageJournal.Intent(
        intent.source(), intent.id(), intent.digest(), intent.repeatable());
  }

  private static MessageJournal.Found.Mine stored(Claim.Mine mine) {
    return new MessageJournal.Found.Mine(mine.claims(), mine.interrupted(), mine.repeatable());
  }

  private static Kept kept(MessageJournal.Ended ended) {
    return new Kept(Status.of(ended.status()), ended.answer());
  }

  @Override
  public Claim claim(Intent intent) {
    return switch (journal.getObject().claim(stored(intent))) {
      case MessageJournal.Found.Mine mine ->
          new Claim.Mine(intent, mine.claims(), mine.interrupted(), mine.repeatable());
      case MessageJournal.Found.Busy busy -> new Claim.Busy();
      case MessageJournal.Found.Another another -> new Claim.AnotherMessage();
      case MessageJournal.Ended ended -> new Claim.Answered(kept(ended));
    };
  }

  @Override
  public Optional<Kept> finish(Claim.Mine mine, Kept answer) {
    MessageJournal.Ended ended = new MessageJournal.Ended(answer.status().text(), answer.json());
    return journal
        .getObject()
        .finish(stored(mine.intent()), stored(mine), ended)
        .map(StoredMessages::kept);
  }

  @Override
  public void withdraw(Claim.Mine mine) {
    journal.getObject().withdraw(stored(mine.intent()), stored(mine));
  }

  @Override
  public void leave(Claim.Mine mine) {
    journal.getObject().leave(stored(mine.intent()));
  }
}
