package dev.portcullis.respond.leak;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks in the bodies that go out for what must not leave. Immutable.
 *
 * <p>It looks at text of any kind up to a length, and tells of what it finds in words of its own; of what it cannot look at the operator
 * is told, too. Every byte is looked at a bounded number of times, however long a body is and whatever is in it.
 */
public final class Leaks implements Check {

    /** What the operator is told that something was found. */
    static final String LEAK = "leak";

    private static final List<Leak> KNOWN = known();
    private static final int[] NONE = {};

    private final List<Leak> leaks;
    private final List<Action> actions;
    private final int maxBytes;
    private final boolean sparing;
    private final Verdict watching;
    /** The leaks that may begin with a byte, by their places in the list. */
    private final int[][] beginnings = new int[128][];

    private Leaks(Builder builder) {
        var byId = builder.actions;
        this.maxBytes = builder.maxBytes;
        this.sparing = builder.sparing;
        this.leaks = KNOWN.stream().filter(leak -> byId.containsKey(leak.id())).toList();
        this.actions =
                leaks.stream().map(leak -> requireNonNull(byId.get(leak.id()))).toList();
        for (var c = 0; c < beginnings.length; c++) {
            beginnings[c] = beginningWith((char) c);
        }
        this.watching = Verdict.Pass.watching(new LeakWatch(this));
    }

    private int[] beginningWith(char c) {
        var some = new ArrayList<Integer>();
        for (var i = 0; i < leaks.size(); i++) {
            if (leaks.get(i).beginnings().indexOf(c) >= 0) {
                some.add(i);
            }
        }
        return some.isEmpty() ? NONE : some.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Leak> known() {
        var all = new ArrayList<Leak>(List.of(
                new PaymentCard(),
                new PrivateKey(),
                new Jwt(),
                new OwnKey(),
                new UrlPassword(),
                new StackTrace(),
                new DatabaseError()));
        all.addAll(Shapes.all());
        return List.copyOf(all);
    }

    /** What all kinds of leaks are called, in order. */
    public static Set<String> ids() {
        var ids = new TreeSet<String>();
        KNOWN.forEach(leak -> ids.add(leak.id()));
        return ids;
    }

    /** Starts with all kinds, and does the same about each. */
    public static Builder all(Action action) {
        requireNonNull(action, "action");
        return new Builder(action);
    }

    @Override
    public Verdict check(Request request) {
        requireNonNull(request, "request");
        return watching;
    }

    int maxBytes() {
        return maxBytes;
    }

    /** Tells whether what cannot be looked at goes out all the same. */
    boolean isSparing() {
        return sparing;
    }

    /**
     * Looks at a whole body.
     *
     * @param body the body, which is not changed
     * @param json whether it is JSON, of which a masked number must stay
     */
    Found look(byte[] body, boolean json) {
        var found = new Found(body, json);
        var text = new Text(body);
        look(text, found);
        return found;
    }

    void look(Text text, Found found) {
        var resume = new int[leaks.size()];
        for (var i = 0; i < text.length(); i++) {
            var c = text.at(i);
            var some = c < beginnings.length ? beginnings[c] : NONE;
            for (var k = 0; k < some.length; k++) {
                // Each kind goes on behind what it has found, whatever others find there.
                resume[some[k]] = i < resume[some[k]] ? resume[some[k]] : look(text, i, some[k], found);
            }
        }
    }

    /** Looks for a kind where it may begin; the end of what was found, else of nothing. */
    private int look(Text text, int at, int kind, Found found) {
        var leak = leaks.get(kind);
        var end = leak.end(text, at);
        if (end <= at) {
            return 0;
        }
        found.add(new Found.Match(leak, text, at, end), actions.get(kind));
        return end;
    }

    /** Collects what is done about what. Not thread-safe. */
    public static final class Builder {

        private final Map<String, Action> actions = new LinkedHashMap<>();
        private int maxBytes = 1 << 20;
        private boolean sparing = true;

        private Builder(Action action) {
            ids().forEach(id -> actions.put(id, action));
        }

        /**
         * Does this about a kind.
         *
         * @throws IllegalArgumentException when there is no such kind
         */
        public Builder kind(String id, Action action) {
            actions.put(known(id), requireNonNull(action, "action"));
            return this;
        }

        /**
         * Does not look for a kind.
         *
         * @throws IllegalArgumentException when there is no such kind
         */
        public Builder without(String id) {
            actions.remove(known(id));
            return this;
        }

        private static String known(String id) {
            if (!ids().contains(id)) {
                throw new IllegalArgumentException("no kind of leak `" + id + "`");
            }
            return id;
        }

        /**
         * Looks at bodies up to this length, in bytes; 1 MiB unless told otherwise.
         *
         * @throws IllegalArgumentException when it is less than one
         */
        public Builder within(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxBytes: " + bytes + " (expected: >= 1)");
            }
            maxBytes = bytes;
            return this;
        }

        /** Lets no text go out that could not be looked at: streamed, encoded, in parts, or too long. */
        public Builder sparingNothing() {
            sparing = false;
            return this;
        }

        /**
         * Builds the check.
         *
         * @throws IllegalArgumentException when no kind is left
         */
        public Leaks build() {
            if (actions.isEmpty()) {
                throw new IllegalArgumentException("leaks: none (expected: at least one kind)");
            }
            return new Leaks(this);
        }
    }
}
