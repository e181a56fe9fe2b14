package dev.portcullis.benchmark;

/**
 * Measures in turn what hygiene of a head costs and what Tomcat spends on the same head, in processor time of one thread, and prints the
 * ratios.
 *
 * <p>Run it with a collector that has no threads of its own, such as {@code -XX:+UseSerialGC}.
 */
public final class HeadCost {

    private static final int ROUNDS = 51;
    private static final int WARM_UP = 10;
    private static final int TIMES = 100_000;

    private final Turns turns = new Turns(WARM_UP);

    private HeadCost() {}

    /** Measures one head of twelve fields. */
    public static void main(String[] arguments) throws Exception {
        new HeadCost().print();
    }

    private void print() throws Exception {
        var heads = new HeadBenchmark();
        for (var round = 0; round < ROUNDS; round++) {
            turns.measure(round, "Tomcat, bytes", TIMES, heads::tomcat);
            turns.measure(round, "the rule", TIMES, heads::rule);
            turns.measure(round, "Tomcat, bytes and texts", TIMES, heads::tomcatAndTexts);
            turns.measure(round, "view and rule", TIMES, heads::viewAndRule);
        }
        var what = "a head of twelve fields";
        turns.ratio(what, "the rule", "Tomcat, bytes");
        turns.ratio(what, "the rule", "Tomcat, bytes and texts");
        turns.ratio(what, "view and rule", "Tomcat, bytes");
        turns.ratio(what, "view and rule", "Tomcat, bytes and texts");
    }
}
