package io.mcprouter.wiring;

import io.mcprouter.credential.MessageJournal;
import io.mcprouter.integration.message.CallJournal;
import io.mcprouter.integration.message.Status;
import org.springframework.beans.factory.ObjectProvider;

/** The journal in the router's store, which is begun when the first message comes. */
record StoredMessages(ObjectProvider<MessageJournal> journal) implements CallJournal {
  private static MessageJournal.Intent stored(Intent intent) {
    return new MessageJournal.Intent(
        intent.source(), intent.id(), intent.digest(), intent.repeatable());
  }

  private static MessageJournal.Found.Mine stored(Claim.Mine mine) {
    return new MessageJournal.Found.Mine(
        mine.claims(), mine.interrupted(), mine.repeatable(), mine.token());
  }

  private static Kept kept(MessageJournal.Ended ended) {
    return new Kept(Status.of(ended.status()), ended.answer());
  }

  @Override
  public Claim claim(Intent intent) {
    return switch (journal.getObject().claim(stored(intent))) {
      case MessageJournal.Found.Mine mine ->
          new Claim.Mine(
              intent, mine.claims(), mine.interrupted(), mine.repeatable(), mine.token());
      case MessageJournal.Found.Busy busy -> new Claim.Busy();
      case MessageJournal.Found.Another another -> new Claim.AnotherMessage();
      case MessageJournal.Ended ended -> new Claim.Answered(kept(ended));
    };
  }

  @Override
  public End finish(Claim.Mine mine, Kept answer) {
    MessageJournal.Ended ended = new MessageJournal.Ended(answer.status().text(), answer.json());
    return switch (journal.getObject().finish(stored(mine.intent()), stored(mine), ended)) {
      case MessageJournal.Finish.Counts counts -> new End.Counts();
      case MessageJournal.Finish.Other(MessageJournal.Ended other) -> new End.Answered(kept(other));
      case MessageJournal.Finish.Superseded superseded -> new End.Superseded();
    };
  }

  @Override
  public void withdraw(Claim.Mine mine) {
    journal.getObject().withdraw(stored(mine.intent()), stored(mine));
  }

  @Override
  public void leave(Claim.Mine mine) {
    journal.getObject().leave(stored(mine.intent()), stored(mine));
  }
}
