package dev.portcullis.respond.leak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was found in one body. For one thread. */
final class Found {

    private static final int MAX_SAMPLE = 24;

    private final byte[] body;
    private final boolean json;
    private final Map<String, Kind> kinds = new TreeMap<>();
    private @Nullable Action strongest;
    private byte @Nullable [] masked;

    /** How often there was one, and how the first one goes into logs. */
    private record Kind(int count, Action action, String sample) {}

    Found(byte[] body, boolean json) {
        this.body = body;
        this.json = json;
    }

    /** Where there is one. */
    record Match(Leak leak, Text text, int from, int to) {

        /** What an operator may read: what a mask leaves, and asterisks. */
        String sample() {
            var hidden = leak.hiddenFrom(text, from, to);
            var shown = leak.hiddenTo(text, from, to);
            var before = text.string(from, Math.min(hidden, from + MAX_SAMPLE));
            var after = text.string(Math.max(shown, to - MAX_SAMPLE), to);
            return before + "***" + after;
        }
    }

    void add(Match match, Action action) {
        var before = kinds.get(match.leak.id());
        kinds.put(
                match.leak.id(),
                before == null
                        ? new Kind(1, action, match.sample())
                        : new Kind(before.count + 1, action, before.sample));
        strongest = strongest == null || action.compareTo(strongest) > 0 ? action : strongest;
        if (action == Action.MASK) {
            mask(match.leak, match.text, match.from, match.to);
        }
    }

    /** As long as it was, so that nothing else moves. */
    private void mask(Leak leak, Text text, int from, int to) {
        var bytes = masked == null ? body.clone() : masked;
        masked = bytes;
        if (json && isNumber(text, from, to)) {
            Arrays.fill(bytes, from, to, (byte) ' ');
            System.arraycopy(new byte[] {'n', 'u', 'l', 'l'}, 0, bytes, from, 4);
            return;
        }
        for (var i = leak.hiddenFrom(text, from, to); i < leak.hiddenTo(text, from, to); i++) {
            bytes[i] = bytes[i] == ' ' || bytes[i] == '-' && leak instanceof PaymentCard ? bytes[i] : (byte) '*';
        }
    }

    /** Tells whether these digits may be a number of JSON, in which asterisks would break it. */
    private static boolean isNumber(Text text, int from, int to) {
        var before = from - 1;
        while (Ascii.SPACE.has(text.at(before)) && from - before < MAX_SAMPLE) {
            before--;
        }
        var digits = text.run(from, Ascii.DIGIT, to - from) == to;
        var c = text.at(before);
        return digits && to - from >= 4 && (c == ':' || c == ',' || c == '[' || c == Text.NOTHING);
    }

    /** Tells whether there was nothing. */
    boolean isEmpty() {
        return kinds.isEmpty();
    }

    /** Tells whether the body must not go out. */
    boolean stops() {
        return strongest == Action.STOP;
    }

    /** The body as it may go out; null when it may as it is. */
    byte @Nullable [] masked() {
        return masked;
    }

    /** The kinds that were found, in order. */
    public List<String> ids() {
        return List.copyOf(kinds.keySet());
    }

    /** How often there was what, and how the first of each begins or ends; nothing in it is secret. */
    String detail() {
        var all = new ArrayList<String>();
        kinds.forEach((id, kind) -> all.add(id + " " + kind.count + " (" + kind.sample + ")"));
        return String.join(", ", all);
    }
}
