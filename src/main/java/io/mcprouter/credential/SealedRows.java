package io.mcprouter.credential;

import java.util.List;

/** A table of sealed values, which can be sealed again with a newer key. */
public interface SealedRows {
  /** The places of all values that were sealed with another key than this. */
  List<SealedField> notSealedWith(long keyId);

  /** Opens one value and seals it with the newest key, unless it was changed meanwhile. */
  void reseal(SealedField place);
}
