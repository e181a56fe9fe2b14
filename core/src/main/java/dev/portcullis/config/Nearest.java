package dev.portcullis.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody who mistyped it meant. */
final class Nearest {

    private static final int MAX_LENGTH = 64;

    private Nearest() {}

    /** The known word with the fewest edits, if they are few. */
    static Optional<String> to(String written, Collection<String> known) {
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return known.stream()
                .filter(word -> edits(written, word) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt((String word) -> edits(written, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters must be put in, left out, changed, or swapped with the next one. */
    private static int edits(String from, String to) {
        return new Edits(from, to).all();
    }

    /** What it costs to make the beginnings of one word from those of another. */
    private static final class Edits {

        private final String from;
        private final String to;
        private final int[][] cost;

        Edits(String from, String to) {
            this.from = from;
            this.to = to;
            this.cost = new int[from.length() + 1][to.length() + 1];
        }

        int all() {
            for (var i = 0; i <= from.length(); i++) {
                for (var j = 0; j <= to.length(); j++) {
                    cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(i, j);
                }
            }
            return cost[from.length()][to.length()];
        }

        private int cheapest(int i, int j) {
            var same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
            var best = Math.min(cost[i - 1][j - 1] + same, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
            var swapped =
                    i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
            return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
        }
    }
}
