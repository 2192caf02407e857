package io.mcprouter.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody most likely meant. */
public final class NearestName {
  /** Longer words are never compared: nobody mistypes a known name into one of this length. */
  private static final int MAX_LENGTH = 64;

  private NearestName() {}

  /**
   * The known name that a word is a near miss of: the same but for upper and lower case, {@code _}
   * and {@code -}, or with at most two letters wrong, missing, superfluous or swapped (one in a
   * word of less than six).
   */
  public static Optional<String> of(String word, Collection<String> known) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(folded(word), folded(candidate));
      if (distance < least && distance <= allowed(Math.min(word.length(), candidate.length()))) {
        least = distance;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** What to say behind a name that is not known: the one that was meant, or those there are. */
  public static String advice(String name, Collection<String> known) {
    return of(name, known)
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElse(known.isEmpty() ? "; it has none" : "; there are " + List.copyOf(known));
  }

  private static int allowed(int length) {
    if (length < 3) {
      return 0;
    }
    return length < 6 ? 1 : 2;
  }

  private static String folded(String word) {
    return word.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** The optimal string alignment distance: Levenshtein's, with swapped neighbours as one step. */
  private static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, a, b, i, j);
      }
    }
    return steps[a.length()][b.length()];
  }

  private static int step(int[][] steps, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
    least = Math.min(least, steps[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }
}
